"""One spelling for each address, and none that leads into somebody's own network."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import WebError
from bot.fetch import addresses

LOOPBACK = (
    "127.0.0.1", "2130706433", "0x7f.1", "0x7F000001", "127.1", "017700000001", "0177.0.0.1",
    "１２７．０．０．１", "127。0。0。1", "①②⑦.0.0.1", "127.0.0.1.", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[::1]", "[0:0:0:0:0:0:0:1]", "0", "0.0.0.0", "[::]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]",
)  # fmt: skip
NOT_PUBLIC = (
    "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "fe80::1", "fe80::1%eth0", "2600::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::",
    "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2002:808:808::1", "3fff::1", "5f00::1",
    "64:ff9b::a00:1", "64:ff9b:1::808:808", "::ffff:10.0.0.1", "100::1", "fec0::1", "4000::1",
)  # fmt: skip
PUBLIC = (
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.255.255", "172.32.0.1", "100.63.255.255",
    "100.128.0.1", "191.255.255.255", "192.0.1.1", "198.17.255.255", "198.20.0.1", "223.255.255.1",
    "2600::1", "2001:4860:4860::8888", "2a00:1450:4001::1", "64:ff9b::808:808", "::ffff:8.8.8.8",
)  # fmt: skip


@pytest.mark.parametrize("host", LOOPBACK)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_loopback_is_opened(scheme: str, host: str) -> None:
    url = addresses.parsed(f"{scheme}://{host}/")
    with pytest.raises(WebError, match="not on the public internet"):
        addresses.check(url, allow_private=False)
    addresses.check(url, allow_private=True)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_networks_that_are_somebody_s_own_are_not_public(address: str) -> None:
    assert not addresses.public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_everybody_s_networks_are(address: str) -> None:
    assert addresses.public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_what_python_knows_not_to_be_global_is_never_opened(address: object) -> None:
    found = ip_address(str(address))
    assert found.is_global or not addresses.public(found)
    wrapped = ip_address(f"64:ff9b::{int(found) >> 16:x}:{int(found) & 0xFFFF:x}")
    assert addresses.public(wrapped) == addresses.public(found)


@given(st.ip_addresses(v=4), st.sampled_from(["{}", "0x{:x}", "0{:o}"]))
def test_every_way_to_write_a_number_is_the_same_number(address: object, form: str) -> None:
    number = int(ip_address(str(address)))
    assert addresses.parsed(f"http://{form.format(number)}/").raw_host == str(address)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("HTTP://EXAMPLE.com", "http://example.com/"),
        ("  https://example.com./a#part\n", "https://example.com/a"),
        ("http://example.com:80/", "http://example.com/"),
        ("https://example.com:443/?", "https://example.com/"),
        ("http://münchen.example/ä?ö=ü", "http://xn--mnchen-3ya.example/%C3%A4?%C3%B6=%C3%BC"),
        ("http://example.com/a b/%41%2F?q=%3A&x=a+b", "http://example.com/a%20b/%41%2F?q=%3A&x=a+b"),
        ("http://新闻.example/头条", "http://xn--efvy88h.example/%E5%A4%B4%E6%9D%A1"),
        ("http://a_b.example/", "http://a_b.example/"),
        ("http://[2600::0:1]:80/", "http://[2600::1]/"),
        ("http://134744072/", "http://8.8.8.8/"),
        ("http://example.com/\udcff", "http://example.com/%FF"),
    ],
)  # fmt: skip
def test_an_address_has_one_spelling(given: str, known: str) -> None:
    assert str(addresses.parsed(given)) == known


@pytest.mark.parametrize(
    "address",
    [
        "", "example.com", "http:", "http://", "http:///etc/passwd", "//example.com/",
        "http://exa mple.com/", "http://%31%32%37.0.0.1/", "http://127%2e0.0.1/", "http://a..b/",
        "http://-a.example/", "http://.example/", "http://../", "http://[::1/", "http://[]/",
        "http://[fe80::1%25eth0]/", "http://[127.0.0.1]/", "http://1.2.3.4.5/", "http://256.1.1.1/",
        "http://08.1.1.1/", "http://example.com\\.evil.example/",
        "http://example.com:99999/", "http://example.com:x/", "http://example.com:-1/",
        "http://" + "a" * 64 + ".example/", "http://" + "a." * 200 + "example/", "http://a\0b/",
        "http://example.123/", "http://℀.example/", "http://\ud800/", "http://a.example/\ud800",
        "http://☃\u202e.example/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_told_so(address: str) -> None:
    with pytest.raises(WebError, match="address"):
        addresses.parsed(address)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "javascript:alert(1)",
     "data:text/html,x", "unix://socket", "tg://resolve"],
)  # fmt: skip
def test_only_http_and_https_are_opened(address: str) -> None:
    with pytest.raises(WebError, match="http:// or https://"):
        addresses.parsed(address)


@pytest.mark.parametrize(
    "address", ["http://me:pw@example.com/", "http://me@example.com/", "http://@example.com/",
                "http://example.com@127.0.0.1/", "http://example.com:80@127.0.0.1/",
                "http://example.com\\@127.0.0.1/"]
)  # fmt: skip
def test_names_and_passwords_are_not_sent(address: str) -> None:
    with pytest.raises(WebError, match="password"):
        addresses.parsed(address)


def test_an_address_without_end_is_too_long() -> None:
    with pytest.raises(WebError, match="too long"):
        addresses.parsed("http://example.com/" + "a" * 10_000)


@pytest.mark.parametrize("port", [0, 22, 25, 81, 3306, 6379, 8080, 65535])
def test_other_ports_than_the_web_s_need_to_be_allowed(port: int) -> None:
    url = addresses.parsed(f"http://example.com:{port}/")
    with pytest.raises(WebError, match="80 and 443"):
        addresses.check(url, allow_private=False)
    addresses.check(url, allow_private=True)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "http://example.com/b"),
        ("b?c", "http://example.com/a/b?c"),
        ("?c", "http://example.com/a/x?c"),
        ("//other.example/", "http://other.example/"),
        ("https://example.com", "https://example.com/"),
        ("../../../b", "http://example.com/b"),
        (" /b ", "http://example.com/b"),
        ("/\udce6\udcb1\udc89", "http://example.com/%E6%B1%89"),
    ],
)
def test_a_redirect_may_be_relative(location: str, target: str) -> None:
    assert str(addresses.joined(addresses.parsed("http://example.com/a/x"), location)) == target


@pytest.mark.parametrize("location", ["http://[", "javascript:1", "http://a b/", "file:/etc/hosts"])
def test_a_redirect_to_nowhere_is_told_so(location: str) -> None:
    with pytest.raises(WebError):
        addresses.joined(addresses.parsed("http://example.com/a"), location)


@given(st.text(max_size=60) | st.from_regex(r"https?://[^\s]{1,40}", fullmatch=True))
def test_whatever_is_typed_is_refused_or_comes_to_one_spelling(address: str) -> None:
    try:
        url = addresses.parsed(address)
    except WebError:
        return
    assert str(url).isascii()
    assert url.raw_host == (URL(str(url)).raw_host or "").lower()
    assert url.user is None
    assert addresses.parsed(str(url)) == url


@given(st.text(max_size=60))
def test_wherever_a_redirect_leads_it_is_looked_at_like_any_address(location: str) -> None:
    base = addresses.parsed("https://example.com/a/b")
    try:
        url = addresses.joined(base, location)
    except WebError:
        return
    assert addresses.parsed(str(url)) == url
