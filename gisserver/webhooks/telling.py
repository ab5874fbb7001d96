"""Telling a receiver what was published since it was told last: in order, each publish once, until it answers."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from gisserver.events.telling import told
from gisserver.settings import Settings
from gisserver.webhooks.sending import Outcome, send
from gisserver.webhooks.signature import signed
from layers.core import watching
from layers.core.epochs import current_epoch
from layers.core.events import Event, told_after
from layers.core.hosts import Hosts
from layers.core.profile import Profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from layers.core.watching import UnknownWebhook, Webhook

FIRST_PAUSE_S = 5


class NotTaken(Exception):
    """The receiver did not take it; it is tried again later."""


@dataclass(frozen=True)
class Teller:
    """What telling takes."""

    store: Store
    registry: Registry
    profile: Profile
    receivers: Hosts
    patience: datetime.timedelta
    """Who has failed for so long is told nothing any more."""

    @classmethod
    def of(cls, settings: Settings, store: Store, registry: Registry, profile: Profile) -> "Teller":
        """As the operator has set it."""
        patience = datetime.timedelta(hours=settings.webhook_patience_hours)
        return cls(store, registry, profile, receivers_of(settings), patience)

    def tell(self, number: int) -> None:
        """All that was published since. Raises NotTaken."""
        while True:
            with self.store.reading(WORKER) as connection:
                try:
                    hook = watching.webhook(connection, number)
                except UnknownWebhook:
                    return
                if not hook.is_active:
                    return
                interest = hook.subscription.watched.interest(hook.seen(self.registry))
                block = told_after(connection, interest, hook.told_epoch, self.registry, self.profile)
            if not hook.is_account_active:
                with self.store.writing(WORKER) as connection:
                    watching.stop_webhook(connection, number, "its account has ended")
                return
            for event in block.events:
                if not self._deliver(hook, event):
                    return
            with self.store.writing(WORKER) as connection:
                watching.webhook_told(connection, number, block.position)
            if block.is_last:
                return

    def test(self, number: int) -> Outcome:
        """Without an event; who was given up is told again from where it was left. Raises UnknownWebhook."""
        with self.store.reading(WORKER) as connection:
            hook = watching.webhook(connection, number)
            epoch = current_epoch(connection)
        now = datetime.datetime.now(datetime.UTC)
        outcome = self._send(hook, f"test_{number}_{int(now.timestamp())}", {"type": "test", "epoch": epoch}, now)
        with self.store.writing(WORKER) as connection:
            if outcome.is_taken:
                watching.webhook_taken(connection, number, hook.told_epoch, now, outcome.said)
                watching.call_webhooks(connection)
            else:
                watching.webhook_failed(connection, number, now, outcome.said, self.patience)
        return outcome

    def _deliver(self, hook: Webhook, event: Event) -> bool:
        """False where the receiver is given up. Raises NotTaken."""
        now = datetime.datetime.now(datetime.UTC)
        said = {"type": "publish", **told(event, hook.root)}
        outcome = self._send(hook, f"publish_{hook.id}_{event.epoch}", said, now)
        with self.store.writing(WORKER) as connection:
            if outcome.is_taken:
                watching.webhook_taken(connection, hook.id, event.epoch, now, outcome.said)
                return True
            is_tried_again = watching.webhook_failed(connection, hook.id, now, outcome.said, self.patience)
        if is_tried_again:
            raise NotTaken(outcome.said)
        return False

    def _send(self, hook: Webhook, message: str, said: dict[str, Any], now: datetime.datetime) -> Outcome:
        """The name of a message stays the same when it is sent again, so that a receiver can leave out what it has."""
        with self.store.reading(WORKER) as connection:
            secret = watching.secret_of(connection, hook.id)
        body = json.dumps(said, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "gisserver-webhook"}
        return send(self.receivers, hook.url, {**headers, **signed(secret, message, int(now.timestamp()), body)}, body)


def receivers_of(settings: Settings) -> Hosts:
    """Those that the operator allows."""
    return Hosts.named_in(settings.webhook_hosts, may_be_private=settings.webhook_private)
