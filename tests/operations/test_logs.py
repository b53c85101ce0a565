"""The log: one form everywhere, no secrets in tracebacks either, and a flood told by its first records and a count."""

import io
import json
import logging
import logging.config

import pytest

from salestrekker_portal.config import LogAs
from salestrekker_portal.logs import AS_LINE, IN_FULL, WINDOW_SECONDS, Bounded, configuration

TOKEN = "3f1c8a52-77aa-4d7a-9a53-8a5f0c1f2e11"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def written():
    """A logger of its own with our handler's parts, its clock, and what it wrote."""

    def make(form: LogAs):
        stream, clock = io.StringIO(), Clock()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(configuration(form)["formatters"]["portal"]["()"]())
        handler.addFilter(Bounded(clock))
        logger = logging.Logger("salestrekker_portal.portals.events.errors")
        logger.addHandler(handler)
        return logger, clock, stream

    return make


def fail(logger: logging.Logger, number: int, error: type[Exception] = ConnectionError) -> None:
    try:
        raise error(f"Redis is away, token={TOKEN}")
    except error as problem:
        logger.error("unhandled %s", number, exc_info=problem)


def test_a_flood_is_bounded_and_its_size_is_told(written) -> None:
    logger, clock, stream = written(LogAs.TEXT)
    for number in range(38_000):
        fail(logger, number)
    lines = stream.getvalue().splitlines()
    assert len(lines) < 60 and stream.getvalue().count("Traceback") == IN_FULL
    assert sum("unhandled" in line and "ERROR" in line for line in lines) == AS_LINE
    clock.now += WINDOW_SECONDS + 1
    fail(logger, 1)
    assert f"and {38_000 - AS_LINE} more of this kind" in stream.getvalue()


def test_another_kind_is_written_in_the_middle_of_a_flood(written) -> None:
    logger, _, stream = written(LogAs.TEXT)
    for number in range(200):
        fail(logger, number)
    fail(logger, 1, ZeroDivisionError)
    logger.error("the disk is full")
    assert "ZeroDivisionError" in stream.getvalue() and "the disk is full" in stream.getvalue()


@pytest.mark.parametrize("form", LogAs)
def test_no_token_in_a_traceback(written, form) -> None:
    logger, _, stream = written(form)
    for number in range(IN_FULL + 2):
        fail(logger, number)
    assert "Redis is away" in stream.getvalue() and TOKEN not in stream.getvalue()


def test_json_is_an_object_a_line(written) -> None:
    logger, _, stream = written(LogAs.JSON)
    fail(logger, 7)
    logger.warning("the queue %s\nwaits", "sms")
    failed, waits = (json.loads(line) for line in stream.getvalue().splitlines())
    assert failed["level"] == "error" and failed["message"] == "unhandled 7" and "Traceback" in failed["error"]
    assert waits["message"] == "the queue sms\nwaits" and waits["at"].endswith("+00:00") and "error" not in waits


def test_python_and_the_server_take_the_configuration() -> None:
    for form in LogAs:
        given = configuration(form)
        assert {"_granian", "granian.access"} <= set(given["loggers"])
        logging.config.DictConfigurator(given)
