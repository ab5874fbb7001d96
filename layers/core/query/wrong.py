"""What is wrong with a question: said in two languages, with the parameter and what would be right."""

from layers.core.words import Title


class WrongQuery(Exception):
    """The question cannot be answered as it stands."""

    def __init__(
        self, parameter: str, sentence: Title, /, *, at: tuple[int, int] | None = None, **facts: object
    ) -> None:
        self.parameter = parameter
        self.at = at
        """Line and character of the word that is meant, both from 1."""
        self._sentence = sentence
        self._facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """What to tell the person who asked."""
        facts = {
            name: fact.in_language(language) if isinstance(fact, Title) else fact for name, fact in self._facts.items()
        }
        return self._sentence.in_language(language).format_map(facts)
