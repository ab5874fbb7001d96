"""Why a decision about a changeset is not taken."""


class ReviewRefused(Exception):
    """The changeset stays as it is."""


class UnknownChangeset(ReviewRefused):
    """There is no changeset with that number, or it is another district's."""


class WrongState(ReviewRefused):
    """This cannot be done to a changeset in the state it is in."""

    def __init__(self, state: str, allowed: tuple[str, ...]) -> None:
        self.state = state
        self.allowed = allowed
        super().__init__(f"The changeset is {state}; this can be done while it is {' or '.join(allowed)}.")


class NotAllowed(ReviewRefused):
    """This decision belongs to somebody else."""


class NothingToSubmit(ReviewRefused):
    """The file says nothing that the pool does not hold already."""


class RefusalsRemain(ReviewRefused):
    """Some records are refused: correct them, or say that they are left out."""

    def __init__(self, refused: int) -> None:
        self.refused = refused
        super().__init__(f"{refused} records are refused.")


class SameHands(ReviewRefused):
    """The profile wants two people: who sent it may not accept it, or who accepted it may not publish it."""


class LostRole(ReviewRefused):
    """Who accepted it decides no longer: somebody else has to accept it."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name}, who accepted it, no longer decides for the department. Accept it anew.")


class BorderMoved(ReviewRefused):
    """The district's border has moved since it was checked, and some of it lies outside now."""

    def __init__(self, epoch: int, refs: tuple[str, ...]) -> None:
        self.epoch = epoch
        self.refs = refs
        super().__init__(f"Publish {epoch} moved the district's border; outside now: {', '.join(refs)}.")


class NothingNamed(ReviewRefused):
    """No change was named that is to be returned: accept the whole."""


class NothingLeft(ReviewRefused):
    """With all that belongs together, nothing would be left to accept: return the whole."""
