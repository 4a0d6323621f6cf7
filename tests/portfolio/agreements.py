"""An agreement to read, and what a worker runs that hangs, crashes or takes all memory where a file's name says so."""

AGREEMENT = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2026 between Harbor Hosting, Inc. ("Provider") and Example Ltd. ("Customer").

1. Term. The initial term of this Agreement is one (1) year from the Effective Date, March 1, 2026. This Agreement shall automatically
renew for successive periods of one (1) year unless either party gives the other written notice of non-renewal at least thirty (30) days
before the end of the then-current term.

2. Service Level. Provider will make the Service available 99.9% of the time in each calendar month.
"""

FAULTY = """
import os, sys, time
sys.path[:] = sys.argv[1:]
from contractlens.advice.finding import DocumentSummary, Review
from contractlens.advice import reviewing
from contractlens.apart import serving
from contractlens.portfolio import reading, results
reviewing.playbook = lambda rules: None  # they read nothing, and so need no rules
serving.GRACE = 1
def review_file(path, *arguments, **options):
    name = os.path.basename(path)
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("crash"):
        os._exit(1)
    if name.startswith("greedy"):
        return bytearray(10**12)
    return Review(document=DocumentSummary(name=name, path=path, sha256=results.sha256_of(path)))
reading.review_file = review_file
serving.main()
"""
