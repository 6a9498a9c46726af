import socket

import pytest

from pages.outside.gatekeeper import Gatekeeper, Refused, is_public


def answers(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 -- looked at, not bound
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "::7f00:1",
        "2001:db8::1",
        "fec0::1",
        "2001:0:0:0:0:0:f5ff:fffe",
        "nonsense",
    ],
)
def test_what_is_inside_the_house_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e"])
def test_the_open_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://example.org/", "malformed"),
        ("file:///etc/passwd", "malformed"),
        ("gopher://example.org/", "malformed"),
        ("http://user:secret@example.org/", "malformed"),
        ("http://", "malformed"),
        ("http://[::1", "malformed"),
        ("http://exa mple.org:99999999/", "malformed"),
        ("http://example.org:22/", "unusual_port"),
        ("https://example.org:80/", "unusual_port"),
        ("http://example.org:8080/", "unusual_port"),
    ],
)
def test_an_address_that_is_no_web_page_is_refused(monkeypatch, url, problem):
    answers(monkeypatch, "93.184.215.14")

    with pytest.raises(Refused) as refused:
        Gatekeeper().admit(url)

    assert refused.value.problem == problem


def test_a_name_that_leads_into_the_house_is_refused(monkeypatch):
    answers(monkeypatch, "169.254.169.254")

    with pytest.raises(Refused) as refused:
        Gatekeeper().admit("http://metadata.example.org/latest/")

    assert refused.value.problem == "private_network"


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    answers(monkeypatch, "93.184.215.14", "10.0.0.1")

    with pytest.raises(Refused):
        Gatekeeper().admit("http://example.org/")


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "localhost", "127.0.0.1."])
def test_another_spelling_of_this_machine_is_refused(host):
    with pytest.raises(Refused):
        Gatekeeper().admit(f"http://{host}/")


@pytest.mark.parametrize("url", ["http://localhost/", "http://x.localhost/", "http://2130706433/", "http://[::1]:81/"])
def test_what_is_inside_can_be_told_without_a_name_server(url):
    with pytest.raises(Refused) as refused:
        Gatekeeper(any_port=True).check_spelling(url)
    assert refused.value.problem == "private_network"
    Gatekeeper(any_port=True, allows_internal=True).check_spelling(url)


def test_the_connection_is_made_to_the_address_that_was_looked_at(monkeypatch):
    """A name server that answers otherwise the second time has no second time (DNS rebinding)."""
    answers(monkeypatch, "93.184.215.14")
    door = Gatekeeper().admit("https://example.org/a?b=1#c")
    answers(monkeypatch, "127.0.0.1")

    assert (door.addresses, door.host, door.port, door.target) == (("93.184.215.14",), "example.org", 443, "/a?b=1")


def test_a_name_in_polish_letters_is_asked_by_its_ascii_form(monkeypatch):
    answers(monkeypatch, "93.184.215.14")

    host = Gatekeeper().admit("https://łódź.example.org/").host

    assert host == "łódź.example.org".encode("idna").decode()
