import pytest

from pages.contrib.translation.editor.written import shown, stored


@pytest.mark.parametrize(
    ("html", "typed"),
    [
        ("Zażółć gęślą jaźń", "Zażółć gęślą jaźń"),
        ("Kowalski &amp; syn", "Kowalski & syn"),
        ("5 &lt; 6 i 7 &gt; 6", "5 < 6 i 7 > 6"),
        ('Zobacz <a id="a1">plan</a> i <b>mapę</b>', 'Zobacz <a id="a1">plan</a> i <b>mapę</b>'),
        ("ulica<br/>miasto", "ulica\nmiasto"),
        ("znacznik &lt;b&gt;", "znacznik &lt;b>"),
        ("napis &amp;lt; i &amp;amp;", "napis &amp;lt; i &amp;amp;"),
        ("R&amp;D, A&amp;B;", "R&D, A&amp;B;"),
        ("اللغة العربية", "اللغة العربية"),
    ],
)
def test_words_come_back_as_they_were_shown(html, typed):
    assert shown(html) == typed
    assert stored(typed, html) == html


def test_a_new_line_is_a_space_where_the_source_has_none():
    assert stored("dwa\r\nwiersze\n", "two lines") == "dwa wiersze"


def test_a_tag_that_is_not_allowed_stays_one_so_that_it_is_refused():
    assert stored("<script>x</script> & <u>y</u>", "x") == "<script>x</script> &amp; <u>y</u>"
