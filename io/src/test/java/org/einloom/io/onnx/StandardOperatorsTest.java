package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator of the standard is in exactly one of three lists: costed, free, not costed. */
class StandardOperatorsTest {
  private static final Operators OPERATORS = new Operators(new ExternalFiles(null));

  /** What the walk itself knows, not a rule. */
  private static final Set<String> OF_THE_WALK = Set.of("If", "Loop", "Scan");

  static List<String> standard() {
    try (var in = StandardOperatorsTest.class.getResourceAsStream("/onnx/operators.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.startsWith("#"))
          .map(l -> l.split(" ")[0])
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lists(String operator) {
    var lists = new ArrayList<String>();
    PassRule rule = PassRules.of(operator);
    if (OPERATORS.layer(operator) != null
        || QuantisedForms.isForm(operator)
        || OF_THE_WALK.contains(operator)
        || (rule != null && !PassRule.FREE.equals(rule))) {
      lists.add("costed");
    }
    if (PassRule.FREE.equals(rule)) {
      lists.add("free");
    }
    if (Refused.why(operator) != null) {
      lists.add("not costed");
    }
    return lists;
  }

  @ParameterizedTest
  @MethodSource("standard")
  void isInExactlyOneList(String operator) {
    assertThat(lists(operator)).hasSize(1);
  }

  @Test
  void whatIsCostedOrFreeHasARuleForItsShape() {
    assertThat(standard())
        .filteredOn(o -> !lists(o).contains("not costed") && !OF_THE_WALK.contains(o))
        .filteredOn(
            o ->
                OPERATORS.layer(o) == null
                    && !QuantisedForms.isForm(o)
                    && OPERATORS.shapes(o) == null)
        .isEmpty();
  }

  @Test
  void noOtherOperatorIsClaimedToBeStandard() {
    assertThat(standard()).doesNotHaveDuplicates().isSorted();
    assertThat(standard()).containsAll(Refused.all().keySet());
    assertThat(OPERATORS.names())
        .filteredOn(o -> !o.contains("::"))
        .filteredOn(
            o -> !o.equals("SimplifiedLayerNormalization")) // ONNX Runtime's, in ONNX's name
        .isSubsetOf(standard());
  }

  /** The table of docs/onnx.md is written from the code. */
  @Test
  void thePageHasTheSameLists() throws IOException {
    Path page = Path.of("..", "docs", "onnx.md");
    String text = Files.readString(page);
    Matcher table =
        Pattern.compile("(<!-- operators -->\n)(.*?)(<!-- end of operators -->)", Pattern.DOTALL)
            .matcher(text);
    assertThat(table.find()).as("the marks of the table").isTrue();
    if (Boolean.getBoolean("einloom.update-docs")) {
      Files.writeString(
          page, text.substring(0, table.end(1)) + lists() + text.substring(table.start(3)));
    } else {
      assertThat(table.group(2)).as("written by -Deinloom.update-docs=true").isEqualTo(lists());
    }
  }

  private static String lists() {
    var byList = new TreeMap<String, TreeSet<String>>();
    standard().forEach(o -> byList.computeIfAbsent(lists(o).get(0), l -> new TreeSet<>()).add(o));
    var reasons = new TreeMap<String, TreeSet<String>>();
    Refused.all().forEach((o, why) -> reasons.computeIfAbsent(why, w -> new TreeSet<>()).add(o));
    var text = new StringBuilder("\n| | operators |\n| --- | --- |\n");
    for (String list : List.of("costed", "free")) {
      TreeSet<String> operators = byList.get(list);
      text.append("| %s (%d) | %s |\n".formatted(list, operators.size(), names(operators)));
    }
    reasons.forEach(
        (why, operators) ->
            text.append("| not costed: %s | %s |\n".formatted(why, names(operators))));
    return text.append('\n').toString();
  }

  private static String names(Set<String> operators) {
    return operators.stream().map(o -> "`" + o + "`").collect(Collectors.joining(", "));
  }

  @Test
  void theListIsThatOfTheFileFormatInUse() {
    assertThat(onnx.Onnx.Version.IR_VERSION.getNumber())
        .as("a newer onnx.proto comes with newer operators: extend operators.txt")
        .isEqualTo(14);
  }
}
