"""Pages of a Word file, which has none of its own: counted from the breaks that it marks."""

from __future__ import annotations

from dataclasses import dataclass

REST_OF_ROW = 800  # characters: less of a parted row than this on the new page cannot have filled it


@dataclass(slots=True)
class Pages:
    """Counts pages from the breaks that a person set and those that Word noted when it last laid the file out."""

    now: int = 1
    fresh: bool = True  # nothing stands on this page yet
    noted: bool = False
    broken: bool = False
    written: int = 0  # characters on this page
    row_parted: bool = False  # the table's last row began on the page before

    def turn(self, *, blank: bool) -> None:
        """A break set by hand; `blank` where it leaves an empty page behind."""
        self.now += blank or not self.fresh
        self.fresh = self.broken = True
        self.written = 0

    def note(self, *, starts_row: bool = False) -> None:
        """Word's own mark. After a break set by hand, and in the row after a parted one, it marks the same break again."""
        again = self.fresh or (starts_row and self.row_parted and self.written < REST_OF_ROW)
        if not again:
            self.now += 1
            self.written = 0
        self.fresh, self.noted, self.row_parted = False, True, False

    def write(self, length: int) -> None:
        self.fresh = False
        self.written += length
