"""Where words stand in a document: what every fact carries."""

from pydantic import BaseModel, ConfigDict, Field


class Evidence(BaseModel):
    """A quote and its place. `start` and `end` count code points of the text that `contractlens text` prints."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: str = Field(description="Exactly the slice of the document's text from start to end.")
    page: int | None = Field(description="The page on which the quote starts; null where the format has no pages.")
    section: str | None = Field(description="The number of the clause, or its heading where it has no number.")
    start: int
    end: int

    def where(self) -> str:
        """`§ 12.2, page 4`, or as much of it as is known."""
        section = None if not self.section else f"§ {self.section}" if self.section[0].isdigit() else self.section
        return ", ".join(part for part in (section, self.page and f"page {self.page}") if part)
