package org.einloom.io.timeloop.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.yaml.YamlNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Designs written for the front end are the same as when they are written natively. */
class FrontDesignsTest {
  private static final Path ROOT = Path.of("src/test/resources/timeloop-front/designs");

  /** A design: its folder, what it is read for, its parameters and files. */
  record Design(String name, Use use, Map<String, String> parameters, List<String> files) {
    NativeDocuments read() {
      return FrontEnd.read(
          files.stream().map(ROOT.resolve(name)::resolve).toList(), parameters, use);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Design WEIGHT_STATIONARY =
      new Design("weight_stationary", Use.SEARCH, Map.of("rows", "8"), List.of("top.yaml.jinja2"));

  static Stream<Design> designs() {
    return Stream.of(
        WEIGHT_STATIONARY,
        new Design(
            "output_stationary",
            Use.EVALUATE,
            Map.of(),
            List.of("mapping.yaml", "arch.yaml", "problem.yaml")),
        new Design(
            "eyeriss",
            Use.SEARCH,
            Map.of("columns", "14", "rows", "12"),
            List.of("arch.yaml.jinja2", "layer.yaml.j2")),
        new Design("sparse", Use.EVALUATE, Map.of(), List.of("arch.yaml")),
        new Design("simba", Use.SEARCH, Map.of(), List.of("top.yaml.j2")),
        new Design(
            "system",
            Use.SEARCH,
            Map.of("size", "64", "cores", "4"),
            List.of("system.yaml.jinja2")));
  }

  @ParameterizedTest
  @MethodSource("designs")
  void isTheNativeTree(Design design) throws IOException {
    Path file = ROOT.resolve(design.name()).resolve("native.yaml");
    NativeDocuments front = design.read();
    assertThat(front.front()).isTrue();
    String text = Trees.text(front.documents().getFirst());
    if (System.getProperty("einloom.golden", "").equals("write")) {
      Files.writeString(file, text.strip() + "\n");
    }
    NativeDocuments written = FrontEnd.read(List.of(file), Map.of(), design.use());
    assertThat(written.front()).isFalse();
    assertThat(text).isEqualTo(Trees.text(written.documents().getFirst()));
  }

  @ParameterizedTest
  @MethodSource("designs")
  void isReadAsTheNativeFilesAre(Design design) {
    TimeloopSpec front = TimeloopFiles.read(design.read().documents());
    Path file = ROOT.resolve(design.name()).resolve("native.yaml");
    TimeloopSpec written =
        TimeloopFiles.read(FrontEnd.read(List.of(file), Map.of(), design.use()).documents());
    // not isEqualTo: texts of this size are for no one to read
    assertThat(withoutPlaces(front).equals(withoutPlaces(written))).as("the same records").isTrue();
    assertThat(front.architecture()).isPresent();
    assertThat(front.problem()).isPresent();
    assertThat(front.mapping().isPresent()).isEqualTo(design.use() == Use.EVALUATE);
  }

  /** Records as text; places are those of other files, and a number may be written otherwise. */
  private static String withoutPlaces(TimeloopSpec spec) {
    String text =
        spec.toString()
            .replaceAll("plain=\\w+, exact=\\w+|at=[^\\],]*:\\d+:\\d+|text=[^\\],]*:\\d+:\\d+", "");
    return Pattern.compile("value=([0-9][0-9.eE-]*)")
        .matcher(text)
        .replaceAll(m -> "value=" + Double.parseDouble(m.group(1)));
  }

  @Test
  void parametersChangeWhatIsRead() {
    var few = new Design("weight_stationary", Use.SEARCH, Map.of(), List.of("top.yaml.jinja2"));
    assertThat(Trees.text(few.read().documents().getFirst()))
        .contains("name: mac[1..32]")
        .doesNotContain("mac[1..128]");
  }

  @Test
  void whatHasNoMeaningIsReported() {
    assertThat(WEIGHT_STATIONARY.read().remarks())
        .extracting(Remark::toString)
        .containsExactly(
            ROOT.resolve("weight_stationary/layers/small.yaml")
                + ":27:5: 'H' is no dimension or coefficient of the problem, and has no meaning");
  }

  @Test
  void placesAreThoseOfTheFilesThatWereIncluded() {
    YamlNode root = WEIGHT_STATIONARY.read().documents().getFirst();
    assertThat(at(root, "architecture", "subtree", "0", "local", "1", "attributes", "depth"))
        .endsWith("pe/arch.yaml:29:14");
    assertThat(at(root, "problem", "instance", "Q")).endsWith("layers/small.yaml:24:8");
    assertThat(at(root, "mapper", "timeout")).endsWith("weight_stationary/mapper.yaml:5:12");
  }

  @Test
  void placesInMacrosAreThoseOfTheMacro() {
    YamlNode root = designs().toList().get(2).read().documents().getFirst();
    assertThat(at(root, "architecture", "subtree", "0", "local", "4", "attributes", "depth"))
        .endsWith("eyeriss/parts/pads.j2:7:16");
    assertThat(
            at(root, "architecture", "subtree", "0", "local", "5", "attributes", "write_bandwidth"))
        .endsWith("eyeriss/parts/pads.j2:10:26");
    assertThat(at(root, "problem", "instance", "M")).endsWith("eyeriss/layer.yaml.j2:13:14");
  }

  private static String at(YamlNode root, String... path) {
    YamlNode node = root;
    for (String key : path) {
      node =
          switch (node) {
            case YamlNode.Mapping m ->
                m.entries().stream()
                    .filter(e -> e.key().value().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(key + " of " + Arrays.toString(path)))
                    .value();
            case YamlNode.Sequence s -> s.items().get(Integer.parseInt(key));
            case YamlNode.Scalar s -> throw new AssertionError("a value before " + key);
          };
    }
    return node.at().toString();
  }
}
