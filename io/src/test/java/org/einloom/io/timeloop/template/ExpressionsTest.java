package org.einloom.io.timeloop.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of expressions in YAML files, as Python has them. */
class ExpressionsTest {
  private static String value(String text) {
    var budget = new Budget();
    Scope scope = new Scope(Functions.python(budget));
    scope.set("meshX", new Value.Int(14));
    scope.set("width", new Value.Int(64));
    var expression = ExprParser.parse(text, Dialect.PYTHON, i -> new Position("x", 1, i + 1));
    return Printing.text(new Evaluator(budget).value(expression, scope));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          meshX * 2 ¦ 28
          ceil(width / 10) ¦ 7
          log2(width) ¦ 6.0
          ceil(log2(width + 1)) ¦ 7
          max(1, ceil(log2(width))) if width >= 1 else 1 ¦ 6
          min(3, 2.5) ¦ 2.5
          max([1, 5, 3]) ¦ 5
          sum(x * 2 for x in range(4)) ¦ 12
          [x for x in range(6) if x % 2 == 0] ¦ [0, 2, 4]
          len(range(10)) ¦ 10
          round(2.5) ¦ 2
          round(3.14159, 2) ¦ 3.14
          int(7.9) ¦ 7
          int('12') ¦ 12
          float('1e-3') ¦ 0.001
          -2 ** 2 ¦ -4
          2 ** 3 ** 2 ¦ 512
          (2 ** 3) ** 2 ¦ 64
          1 << 4 ¦ 16
          256 >> 4 ¦ 16
          7 // 2 * 2 + 7 % 2 ¦ 7
          -7 // 2 ¦ -4
          -7 % 3 ¦ 2
          7.5 // 2 ¦ 3.0
          10 / 5 ¦ 2.0
          True and not False or False ¦ True
          1 < 2 < 3 ¦ True
          width is None ¦ False
          None is not None ¦ False
          'a' in 'abc' ¦ True
          {'a': 1}['a'] + {'b': 2}.get('b') ¦ 3
          'C=' + str(meshX) ¦ C=14
          sqrt(16) + pow(2, 3) ¦ 12.0
          gcd(12, 18) * factorial(4) ¦ 144
          isqrt(99) ¦ 9
          prod([2, 3, 4]) ¦ 24
          0x10 + 1_000 ¦ 1016
          f'{meshX}x{width:.1f}' ¦ 14x64.0
          f"C={meshX * 2} {{}}" + 'a' ¦ C=28 {}a
          f'{"a" if width > 1 else "b"}{1 / 3:.3f}{7:03}{0.25:.0%}' ¦ a0.33300725%
          f'{ {"a": 5}["a"] }' ¦ 5
          f'|{width:>5}|{"ab":<4}|{-3:04d}' ¦ |   64|ab  |-003
          (lambda x: x * meshX)(2) ¦ 28
          (lambda x, y: x + y)(1, y=2) ¦ 3
          (lambda: 7)() ¦ 7
          sum(map(lambda x: x ** 2, range(4))) ¦ 14
          filter(lambda x: x % 2, range(6)) ¦ [1, 3, 5]
          (lambda f: f(3))(lambda x: x + 1) ¦ 4
          1e-9 * 5 ¦ 5e-09
          """)
  void hasItsValue(String text, String expected) {
    assertThat(value(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          widht ¦ x:1:1: 'widht' is not defined; did you mean 'width'?
          2 ^ 4 ¦ x:1:3: '^' does not fit into an expression; a power is written '**'
          width / 0 ¦ x:1:7: division by zero
          9223372036854775807 + 1 ¦ x:1:21: a whole number becomes larger than 64 bits
          99999999999999999999 ¦ x:1:1: the number '99999999999999999999' has more than 64 bits
          1 if width ¦ x:1:11: the expression ends too soon; expected 'else'
          width | int ¦ x:1:7: '|' does not fit here
          (1 + 2 ¦ x:1:7: the expression ends too soon; expected ')'
          f'{widht}' ¦ x:1:4: 'widht' is not defined; did you mean 'width'?
          f'{width' ¦ x:1:3: a '{' in a text is not closed; expected '}'
          f'{}' ¦ x:1:4: there is no expression between the brackets
          f'a}b' ¦ x:1:4: '}' closes nothing; a bracket by itself is written '}}'
          f'{width:x}' ¦ x:1:4: the format 'x' is not supported; expected a width, '.2f', 'd', '%' or 's'
          f'{width:.2}' ¦ x:1:4: the format '.2' has no 'f' or '%'
          f'{f"{width}"}' ¦ x:1:4
          (lambda x: x)() ¦ x:1:2: 'lambda' lacks its argument 'x'
          (lambda x=1: x)() ¦ x:1:10: '=' does not fit here; expected ',' or ':'
          (lambda f: f(f))(lambda f: f(f)) ¦ x:1:
          map(3, [1]) ¦ x:1:1: a whole number is called; expected a function
          rb'x' ¦ x:1:1: texts that begin with 'rb' are not supported
          log2(0) ¦ x:1:1: there is no log2(0)
          sqrt(-1) ¦ x:1:1: there is no sqrt(-1)
          getcwd() ¦ x:1:1: 'getcwd' is not defined
          __builtins__ ¦ x:1:1: the name '__builtins__' is refused
          """)
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> value(text))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }
}
