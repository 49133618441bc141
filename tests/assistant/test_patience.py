"""Slots go to who has waited longest; who gives up takes none."""

from __future__ import annotations

from threading import Event, Thread

from assistant.patience import Slots


def test_as_many_as_there_are() -> None:
    slots = Slots(2)
    assert slots.acquire(0)
    assert slots.acquire(0)
    assert not slots.acquire(0)
    slots.release()
    assert slots.acquire(0)


def test_who_waits_is_served_before_who_comes_again() -> None:
    slots = Slots(1)
    order: list[str] = []
    waiting = Event()
    assert slots.acquire()

    def wait() -> None:
        waiting.set()
        assert slots.acquire(5)
        order.append("waited")
        slots.release()

    thread = Thread(target=wait)
    thread.start()
    assert waiting.wait(5)
    while not slots._waiting:  # it's between the two
        pass
    slots.release()
    assert slots.acquire(5)
    order.append("came again")
    slots.release()
    thread.join()
    assert order == ["waited", "came again"]


def test_nobody_starves() -> None:
    slots, served = Slots(1), {"a": 0, "b": 0}

    def work(name: str) -> None:
        for _ in range(200):
            assert slots.acquire(10)
            served[name] += 1
            slots.release()

    threads = [Thread(target=work, args=(name,)) for name in served]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert served == {"a": 200, "b": 200}


def test_who_gives_up_leaves_the_slot_to_others() -> None:
    slots = Slots(1)
    assert slots.acquire()
    assert not slots.acquire(0.01)
    slots.release()
    assert slots.acquire(0)
