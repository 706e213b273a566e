package org.einloom.io.timeloop.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What templates say, counted by hand from what the language promises. */
class TemplatesTest {
  @TempDir Path folder;

  private Rendered render(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.j2"), text);
    var budget = new Budget();
    var search = SearchPath.of(new Folder(file, budget), Path.of("t.j2"));
    Map<String, Value> parameters =
        Map.of("n", new Value.Int(4), "name", new Value.Text("GLB"), "on", Values.TRUE);
    return new Templates(parameters, budget, (files, key, from, at) -> files + ":" + key)
        .render(Source.file(file), search);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          {{ n }} ¦ 4
          {{ n * 2 + 1 }} ¦ 9
          {{ n / 2 }} ¦ 2.0
          {{ n // 3 }} {{ -n // 3 }} {{ -n % 3 }} ¦ 1 -2 2
          {{ 2 ** 10 }} {{ 2 ** -1 }} ¦ 1024 0.5
          {{ 7 / 2 }} {{ 1e-3 }} {{ 1e-9 }} {{ 1e16 }} {{ 0.1 + 0.2 }} ¦ 3.5 0.001 1e-09 1e+16 0.30000000000000004
          {{ n ~ 'x' ~ 1 }} ¦ 4x1
          {{ 'a' + 'b' }} {{ 'ab' * 2 }} ¦ ab abab
          {{ [1, 'a', none, true] }} ¦ [1, 'a', None, True]
          {{ {'a': 1}['a'] }} {{ {'a': 1}.a }} ¦ 1 1
          {{ (1, 2)[0] }} {{ [1, 2, 3][-1] }} {{ [1, 2, 3][1:] }} ¦ 1 3 [2, 3]
          {{ 'yes' if n == 4 else 'no' }} {{ 'no' if n != 4 }} ¦ yes
          {{ 1 < n <= 4 }} {{ n in [1, 2] }} {{ n not in (1, 2) }} ¦ True False True
          {{ not on or n > 3 and n < 5 }} ¦ True
          {{ missing | default('d') }} {{ name | default('d') }} ¦ d GLB
          {{ '' | default('d', true) }} {{ none | default('d') }} ¦ d None
          {{ missing is defined }} {{ name is defined }} {{ missing is not defined }} ¦ False True True
          {{ n is even }} {{ n is divisibleby 3 }} {{ n is number }} {{ name is string }} ¦ True False True True
          {{ name | lower }} {{ 'a_b' | upper }} {{ 'ab cd' | title }} ¦ glb A_B Ab Cd
          {{ [3, 1, 2] | sort | join('-') }} {{ [3, 1] | max }} {{ [3, 1] | sum }} ¦ 1-2-3 3 4
          {{ [1, 2, 3] | length }} {{ 'abc' | length }} {{ [1, 1, 2] | unique | list }} ¦ 3 3 [1, 2]
          {{ ['a', 'b'] | map('upper') | join }} {{ ['1', '2'] | map('int') | sum }} ¦ AB 3
          {{ [{'n': 1}, {'n': 2}] | map(attribute='n') | list }} ¦ [1, 2]
          {{ [1, 2, 3] | select('odd') | list }} {{ [0, 1, 2] | reject('gt', 1) | list }} ¦ [1, 3] [0, 1]
          {{ [0, 1] | select | list }} {{ ['a'] | map('default', 'x') | list }} ¦ [1] ['a']
          {{ {'a': [1, none, true, 'q"'], 'b': 0.5} | tojson }} ¦ {"a": [1, null, true, "q\\""], "b": 0.5}
          {{ '3' | int + 1 }} {{ 2.7 | int }} {{ 'x' | int(5) }} {{ 3 | float }} ¦ 4 2 5 3.0
          {{ 2.5 | round }} {{ 2.345 | round(2) }} {{ 2.1 | round(0, 'ceil') | int }} ¦ 2.0 2.35 3
          {{ -3 | abs }} {{ 'a-b' | replace('-', '+') }} {{ ' a ' | trim }}. ¦ 3 a+b a.
          {{ 'a,b'.split(',') }} {{ '-'.join(['a', 'b']) }} {{ 'a.b'.replace('.', '_') }} ¦ ['a', 'b'] a-b a_b
          {% for i in range(3) %}{{ i }}{% endfor %} ¦ 012
          {% for i in range(2, 9, 3) %}{{ i }}{{ ',' if not loop.last }}{% endfor %} ¦ 2,5,8
          {% for k, v in {'a': 1, 'b': 2}.items() %}{{ loop.index }}{{ k }}{{ v }};{% endfor %} ¦ 1a1;2b2;
          {% for i in [] %}x{% else %}none{% endfor %} ¦ none
          {% for i in range(6) if i is odd %}{{ loop.index0 }}{{ i }} {% endfor %} ¦ 01 13 25
          {% set a = 1 %}{% for i in [5] %}{% set a = i %}{% endfor %}{{ a }} ¦ 1
          {% set s = namespace(a=1) %}{% for i in [5] %}{% set s.a = i %}{% endfor %}{{ s.a }} ¦ 5
          {% if false %}{% set b = 1 %}{% endif %}{{ b | default(2) }} ¦ 2
          {% set a, b = 1, 2 %}{{ a + b }} ¦ 3
          {% set t %}x{{ n }}{% endset %}{{ t ~ t }} ¦ x4x4
          {% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, b=3) }} ¦ 1-2 1-3
          {% with a = 1, b = n %}{{ a + b }}{% endwith %} ¦ 5
          {% if n > 4 %}a{% elif n == 4 %}b{% else %}c{% endif %} ¦ b
          {% raw %}{{ n }}{% endraw %} ¦ {{ n }}
          a{# nothing #}b ¦ ab
          a {{- n -}} b ¦ a4b
          a {%- if on -%} b {%- endif -%} c ¦ abc
          {{ cwd() }} {{ path_exists('t.j2') }} {{ path_exists('u.j2') }} ¦ @spec True False
          {{ include('t.j2', 'a.b') }} ¦ [t.j2]:a.b
          """)
  void saysWhatItShould(String template, String expected) throws IOException {
    assertThat(render(template).text().strip()).isEqualTo(expected);
  }

  @Test
  void oneEndOfLineAtTheEndIsDropped() throws IOException {
    assertThat(render("a\n\n").text()).isEqualTo("a\n");
    assertThat(render("{% if on %}\nx\n{% endif %}\n").text()).isEqualTo("\nx\n");
  }

  @Test
  void everyLetterKnowsWhereItStands() throws IOException {
    Rendered text =
        render("ab\n  {{ name }}: {{ n }}\n{% for i in [1, 2] %}- {{ i }}\n{% endfor %}");
    assertThat(text.text()).isEqualTo("ab\n  GLB: 4\n- 1\n- 2\n");
    String file = folder.resolve("t.j2").toString();
    assertThat(text.at(1)).isEqualTo(new Position(file, 1, 2));
    assertThat(text.at(5)).isEqualTo(new Position(file, 2, 3)); // G of GLB: where {{ name }} stands
    assertThat(text.at(7)).isEqualTo(new Position(file, 2, 3));
    assertThat(text.at(10)).isEqualTo(new Position(file, 2, 15));
    assertThat(text.at(12)).isEqualTo(new Position(file, 3, 22)); // the first "- "
    assertThat(text.at(18)).isEqualTo(new Position(file, 3, 24)); // the second value
    assertThat(text.isLiteral(0, 2)).isTrue();
    assertThat(text.isLiteral(5, 8)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          {{ missing }} ¦ 1:4: 'missing' is not defined
          {{ nam }} ¦ 1:4: 'nam' is not defined; did you mean 'name'?
          {{ name.size }} ¦ 1:9: a text has no 'size'
          {{ n + 'a' }} ¦ 1:6: '+' stands between a whole number and a text
          {{ n() }} ¦ 1:4: a whole number is called
          {{ n = 4 }} ¦ 1:6: '=' does not fit here
          {{ n n }} ¦ 1:6: 'n' does not fit here
          {% set %} ¦ 1:8: the end stands where a name should
          {% for in n %}{% endfor %} ¦ 1:11: 'n' does not fit here
          {% for i in n %}{% endfor %} ¦ 1:13: what a loop runs over is a whole number
          {% call n() %}{% endcall %} ¦ 1:1: the tag 'call' is not supported
          {% do n %} ¦ 1:1: the tag 'do' is not supported
          {% if n %}{% endfor %} ¦ 1:14: the tag 'endfor' stands in 'if' of line 1
          {% macro m(a) %}{{ a }}{% endmacro %}{{ m() }} ¦ 1:20: macro 'm' is given no 'a'
          {% macro m() %}{% endmacro %}{{ m(1) }} ¦ 1:33: 'm' is given 1 argument
          {{ [1] | first(2) }} ¦ 1:10: filter 'first' is given 1 argument
          {{ 'abc' | int }} ¦ 1:12: 'abc' is no number
          {{ 4 | xmlattr }} ¦ 1:8: the filter 'xmlattr' is not supported
          {{ 4 | map('int') }} ¦ 1:8: what filter 'map' is given is a whole number; expected a list
          {{ [4] | map('x') }} ¦ 1:10: the filter 'x' is not supported
          {{ [4] | select('x') }} ¦ 1:10: the test 'x' is not supported
          {{ [4] | map(attribute='a') }} ¦ 1:10:
          """)
  void saysWhatIsWrong(String template, String message) {
    assertThatThrownBy(() -> render(template))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContaining("t.j2:" + message);
  }

  @ParameterizedTest
  @CsvSource({
    "a*b, aXb, true", "a*b, ab, true", "*.yaml, x.yaml, true", "*.yaml, .x.yaml, false",
    "?.yaml, x.yaml, true", "?.yaml, xx.yaml, false", "*a*a*a, aXaYa, true", "*a*a*a, aXa, false",
    "**, x, true"
  })
  void patternsMatchNames(String pattern, String name, boolean matches) {
    assertThat(Folder.matches(pattern, name)).isEqualTo(matches);
  }

  @Test
  void patternsThatBacktrackEndSoon() {
    assertThat(Folder.matches("*a".repeat(100) + "b", "a".repeat(255))).isFalse();
  }

  @Test
  void filesOfAFolderComeInOrder() throws IOException {
    for (String name : List.of("c.txt", "a.txt", "b.txt")) {
      Files.writeString(folder.resolve(name), name.substring(0, 1));
    }
    assertThat(render("{{ include_text('*.txt') }}").text()).isEqualTo("a\nb\nc");
    assertThat(render("{% include 'a.txt' %}{% include 'none' ignore missing %}").text())
        .isEqualTo("a");
  }
}
