package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.einloom.arch.Architecture;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.Estimate;
import org.einloom.component.Standing;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users' own classes. */
class ComponentsYamlTest {
  private static final Catalog BUILT_IN = Catalog.installed();

  private static final String COMPOUND =
      """
      einloom: 1
      components:
      - class: pe_store
        description: two register files and an address
        attributes:
          width: 16 b
          words: 12
          numbers: int16
        parts:
        - {part: data, class: register_file, size: words * width, width: width, count: 2}
        - {part: address, class: register, width: ceil(log2(words))}
        - {part: check, class: adder, format: numbers}
        actions:
          read: [data.read, address.read]
          write: [{use: data.write, times: 0.5}, {use: check.compute, times: width / 8}]
      """;

  private static final String TABLE =
      """
      # measured
      class, size, width, technology, action, energy, area
      mem, 1 KiB, 8 b, 65nm, read, 1 pJ, 100 um2
      mem, 1 KiB, 8 b, 65nm, write, 2 pJ, 100 um2
      mem, 4 KiB, 8 b, 65nm, read, 4 pJ, 900 um2
      mem, 4 KiB, 8 b, 65nm, write, 8 pJ, 900 um2
      mem, 1 KiB, 32 b, 65nm, read, 2 pJ, 110 um2
      mem, 4 KiB, 32 b, 65nm, read, 8 pJ, 990 um2
      mem, 1 KiB, 32 b, 65nm, write, 3 pJ, 110 um2
      mem, 4 KiB, 32 b, 65nm, write, 9 pJ, 990 um2
      "unit, odd", 1 KiB, 8 b, 45nm, compute, 7 pJ,
      """;

  @TempDir Path folder;

  private static ActionEstimate action(Estimate e, String name) {
    return Optional.ofNullable(e.actions().get(name)).orElseThrow();
  }

  private static double pj(Catalog catalog, String name, Attributes a, String action) {
    return action(catalog.estimate(name, a), action).energyPj().value();
  }

  private Source save(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return Source.file(file);
  }

  @Test
  void aCompoundIsTheSumOfItsParts() {
    Catalog catalog = ComponentsYaml.read(Source.text("parts.yaml", COMPOUND), BUILT_IN);
    Attributes at = Attributes.NONE.with("technology", 40).with("voltage", 0.9);
    Attributes data = at.with("size", 192).with("width", 16);
    Attributes address = at.with("width", 4);
    Estimate whole = catalog.estimate("pe_store", at);
    assertThat(action(whole, "read").energyPj().value())
        .isCloseTo(
            pj(BUILT_IN, "register_file", data, "read") + pj(BUILT_IN, "register", address, "read"),
            within(1e-12));
    Attributes adder = at.with("format", "int16");
    assertThat(action(whole, "write").energyPj().value())
        .isCloseTo(
            0.5 * pj(BUILT_IN, "register_file", data, "write")
                + 2 * pj(BUILT_IN, "adder", adder, "compute"),
            within(1e-12));
    assertThat(action(whole, "read").widthBits()).isEqualTo(16);
    assertThat(whole.areaUm2().value())
        .isCloseTo(
            2 * BUILT_IN.estimate("register_file", data).areaUm2().value()
                + BUILT_IN.estimate("register", address).areaUm2().value()
                + BUILT_IN.estimate("adder", adder).areaUm2().value(),
            within(1e-9));
    // attributes change the parts
    Attributes wide = at.with("width", 32).with("words", 6).with("numbers", "fp16");
    assertThat(pj(catalog, "pe_store", wide, "write"))
        .isCloseTo(
            0.5 * pj(BUILT_IN, "register_file", at.with("size", 192).with("width", 32), "write")
                + 4 * pj(BUILT_IN, "adder", at.with("format", "fp16"), "compute"),
            within(1e-12));
  }

  @Test
  void aTableGivesItsRowsAndWhatIsBetween() throws IOException {
    save("t.csv", TABLE);
    Catalog catalog =
        ComponentsYaml.read(
            save(
                "t.yaml",
                """
                einloom: 1
                components:
                - {class: mem, table: t.csv, interpolate: [size, width]}
                """),
            BUILT_IN);
    Attributes at = Attributes.NONE.with("technology", 65);
    Attributes row = at.with("size", 8192).with("width", 8);
    assertThat(pj(catalog, "mem", row, "read")).isEqualTo(1);
    assertThat(pj(catalog, "mem", row, "write")).isEqualTo(2);
    Estimate e = catalog.estimate("mem", row);
    assertThat(e.areaUm2().value()).isEqualTo(100);
    assertThat(action(e, "read").energyPj().standing()).isEqualTo(Standing.GIVEN);
    // halfway on both logarithmic scales
    assertThat(pj(catalog, "mem", at.with("size", 16384).with("width", 16), "read"))
        .isCloseTo(Math.sqrt(2 * 4), within(1e-9));
    assertThatThrownBy(() -> catalog.estimate("mem", at.with("size", 4096).with("width", 8)))
        .hasMessageContaining("'size' is 512 B; expected 1 KiB to 4 KiB");
    assertThatThrownBy(() -> catalog.estimate("mem", row.with("technology", 45)))
        .hasMessageContaining("'technology' is 45 nm; expected 65 nm to 65 nm");
  }

  @Test
  void aTableAloneNamesItsClasses() {
    Catalog catalog = ComponentsYaml.read(Source.text("t.csv", TABLE), BUILT_IN);
    Attributes odd = Attributes.NONE.with("size", 8192).with("width", 8).with("technology", 45);
    assertThat(pj(catalog, "unit, odd", odd, "compute")).isEqualTo(7);
    // without interpolation only rows
    assertThatThrownBy(() -> catalog.estimate("mem", odd.with("size", 9000).with("technology", 65)))
        .hasMessageContaining(
            "has no row of 'mem' with 'size' 1125 B and what else is wanted; expected 1 KiB, 4 KiB");
  }

  @Test
  void architecturesUseThem() throws IOException {
    save("parts.yaml", COMPOUND);
    save("t.csv", TABLE);
    Source source =
        save(
            "arch.yaml",
            """
            einloom: 1
            architecture:
              name: own
              technology: 65nm
              clock: 1 GHz
              components: [parts.yaml, t.csv]
              widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
              nodes:
              - {memory: DRAM, component: {class: dram, type: DDR4}}
              - {memory: Buffer, size: 4 KiB, component: {class: mem, width: 8}}
              - {memory: Pe, component: {class: pe_store, words: 8}}
              - {compute: MAC, component: {class: mac, format: int8}}
            """);
    Architecture a = ArchitectureYaml.read(source);
    assertThat(
            Optional.ofNullable(a.memories().get(1).actions().get("write"))
                .orElseThrow()
                .energyPj()
                .value())
        .isEqualTo(8);
    assertThat(a.memories().getLast().actions()).containsOnlyKeys("read", "write");
  }

  @Test
  void filesAreNotFoundOutsideOfTheFolder() throws IOException {
    for (String path : new String[] {"../t.csv", "/etc/passwd", "a/../../t.csv"}) {
      Source source =
          save("bad.yaml", "einloom: 1\ncomponents:\n- {class: mem, table: '" + path + "'}\n");
      assertThatThrownBy(() -> ComponentsYaml.read(source, BUILT_IN))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("bad.yaml:3:23");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "words * width | wrods * width | 10:46: in 'size': unknown name 'wrods'; expected one of width, words, technology, voltage; did you mean 'words'?",
        "class: register_file | class: registerfile | unknown component class 'registerfile'",
        "width: width, count | widht: width, count | has no attribute 'widht'",
        "count: 2 | count: 2 + | in 'count': the expression ends too soon",
        "[data.read, address.read] | [dat.read] | 'dat.read' is no action of a part; expected PART.ACTION with one of the parts data, address, check; did you mean 'data'?",
        "part: address | part: data | a second part named 'data'",
        "class: pe_store | class: mac | there is a component class 'mac' already",
        "format: numbers | format: int99 | 'format' is int99; expected one of",
        "actions: | acts: | unknown key 'acts' in a component class",
        "width: 16 b | 16: 16 b | '16' is no name of an attribute",
        "times: 0.5 | tims: 0.5 | unknown key 'tims' in an action of a part",
      })
  void mistakesInCompounds(String good, String bad, String message) {
    assertThat(COMPOUND).contains(good);
    assertThatThrownBy(
            () ->
                ComponentsYaml.read(
                    Source.text("parts.yaml", COMPOUND.replace(good, bad)), BUILT_IN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("parts.yaml:")
        .hasMessageContaining(message);
  }

  @Test
  void mistakesThatShowWhenUsed() {
    String text =
        COMPOUND.replace("data.read,", "data.raed,").replace("count: 2", "count: words - 9");
    Catalog catalog = ComponentsYaml.read(Source.text("parts.yaml", text), BUILT_IN);
    Attributes at = Attributes.NONE.with("technology", 40);
    assertThatThrownBy(() -> catalog.estimate("pe_store", at))
        .hasMessageContaining("part 'data' of component class 'pe_store' (parts.yaml:14:12)")
        .hasMessageContaining(
            "a 'register_file', has no action 'raed'; expected one of read, write; did you mean 'read'?");
    assertThatThrownBy(() -> catalog.estimate("pe_store", at.with("words", 8)))
        .hasMessageContaining(
            "in 'data' of component class 'pe_store' (parts.yaml:10:82): the count, 'words - 9', comes to -1");
    assertThatThrownBy(() -> catalog.estimate("pe_store", at.with("words", 10.01)))
        .hasMessageContaining(
            "in 'data' of component class 'pe_store' (parts.yaml:10:46): 'size' is 160.16 b");
    assertThatThrownBy(() -> catalog.estimate("pe_store", Attributes.NONE))
        .hasMessageContaining("needs 'technology'");
  }

  @Test
  void figuresThatOverflowAreRefused() {
    String text =
        COMPOUND.replace("times: 0.5", "times: 1e308").replace("count: 2", "count: 1e308");
    Catalog catalog = ComponentsYaml.read(Source.text("parts.yaml", text), BUILT_IN);
    Attributes at = Attributes.NONE.with("technology", 130).with("width", 4096);
    assertThatThrownBy(() -> catalog.estimate("pe_store", at))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("the write energy of component class 'pe_store' comes to Infinity")
        .hasMessageContaining("check attributes, counts and 'times'");
    String area = COMPOUND.replace("count: 2", "count: 1e308");
    assertThatThrownBy(
            () ->
                ComponentsYaml.read(Source.text("p.yaml", area), BUILT_IN).estimate("pe_store", at))
        .hasMessageContaining("the area of component class 'pe_store' comes to Infinity");
  }

  /** What no file may give as a figure is no figure of a compound, however it comes about. */
  @Test
  void figuresThatAreSlipsAreRefused() {
    Attributes at = Attributes.NONE.with("technology", 65);
    String many = COMPOUND.replace("times: 0.5", "times: 1e300");
    assertThatThrownBy(
            () ->
                ComponentsYaml.read(Source.text("p.yaml", many), BUILT_IN).estimate("pe_store", at))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageMatching(
            "the write energy of component class 'pe_store' comes to \\d[.]\\d+e[+]\\d+ pJ; "
                + "expected at most 1 J; check attributes, counts and 'times'");
    String large = COMPOUND.replace("count: 2", "count: 1e12");
    assertThatThrownBy(
            () ->
                ComponentsYaml.read(Source.text("p.yaml", large), BUILT_IN)
                    .estimate("pe_store", at))
        .hasMessageContaining("the area of component class 'pe_store' comes to")
        .hasMessageContaining("um2; expected at most 1 m2");
  }

  @Test
  void aPartOfWhichThereIsNoneCostsNothing() {
    Attributes at = Attributes.NONE.with("technology", 40).with("voltage", 0.9);
    Catalog without =
        ComponentsYaml.read(
            Source.text("p.yaml", COMPOUND.replace("count: 2", "count: words - 12")), BUILT_IN);
    Estimate e = without.estimate("pe_store", at);
    assertThat(action(e, "read").energyPj().value())
        .isEqualTo(pj(BUILT_IN, "register", at.with("width", 4), "read"));
    assertThat(action(e, "write").energyPj().value())
        .isCloseTo(2 * pj(BUILT_IN, "adder", at.with("format", "int16"), "compute"), within(1e-12));
    assertThat(action(e, "write").latencyNs().value())
        .isEqualTo(
            action(BUILT_IN.estimate("adder", at.with("format", "int16")), "compute")
                .latencyNs()
                .value());
    // as wide as what is there: the 4 b of the address
    assertThat(action(e, "read").widthBits()).isEqualTo(4);
    assertThat(e.areaUm2().value())
        .isCloseTo(
            BUILT_IN.estimate("register", at.with("width", 4)).areaUm2().value()
                + BUILT_IN.estimate("adder", at.with("format", "int16")).areaUm2().value(),
            within(1e-9));
    // nor need it be one that can be built: 13 words of 0 b
    String impossible =
        COMPOUND.replace(
            "size: words * width, width: width, count: 2",
            "size: 0 * words, width: width, count: 0");
    Catalog none = ComponentsYaml.read(Source.text("p.yaml", impossible), BUILT_IN);
    assertThat(action(none.estimate("pe_store", at), "read").energyPj().value())
        .isEqualTo(action(e, "read").energyPj().value());
  }

  @Test
  void aCompoundHandsOnTheNotesOfItsParts() {
    String text =
        COMPOUND.replace("class: adder, format: numbers", "class: wire, width: 1, length: 1 mm");
    Catalog catalog =
        ComponentsYaml.read(
            Source.text("parts.yaml", text.replace("check.compute", "check.transfer")), BUILT_IN);
    assertThat(catalog.estimate("pe_store", Attributes.NONE.with("technology", 40)).notes())
        .contains("'check': area and leakage of repeaters are left out");
  }

  /** Area and leakage may stand in any of a component's rows. */
  @Test
  void oneRowOfAComponentMayGiveItsArea() {
    String text = TABLE.replaceFirst("read, 1 pJ, 100 um2", "read, 1 pJ,");
    Catalog catalog = ComponentsYaml.read(Source.text("t.csv", text), BUILT_IN);
    Attributes row = Attributes.NONE.with("technology", 65).with("size", 8192).with("width", 8);
    assertThat(catalog.estimate("mem", row).areaUm2().value()).isEqualTo(100);
  }

  @Test
  void compoundsOfCompoundsAreBounded() {
    var text = new StringBuilder("einloom: 1\ncomponents:\n");
    String below = "register";
    for (int i = 0; i < 20; i++) {
      text.append("- class: c").append(i).append("\n  parts:\n");
      for (int p = 0; p < 10; p++) {
        text.append(
            "  - {part: p%d, class: %s%s}\n".formatted(p, below, i == 0 ? ", width: 8" : ""));
      }
      text.append("  actions: {read: [p0.read]}\n");
      below = "c" + i;
    }
    assertThatThrownBy(
            () -> ComponentsYaml.read(Source.text("deep.yaml", text.toString()), BUILT_IN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has more than 1000 parts, those of its parts included");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "energy, area | enrgy, area | t.csv:2:1: the table has no column 'energy'",
        "read, 1 pJ, | read, 1 J/s, | t.csv:3:30: 'energy' is '1 J/s', whose unit",
        "1 pJ, 100 um2 | 1 pJ | t.csv:3:1: 6 values for 7 columns",
        "write, 2 pJ | read, 2 pJ | t.csv:4:1: a second row of 'mem' for the same attributes",
        "~\"unit, odd\"~ | ~\"unit, odd~ | t.csv:11:1: a quote is not closed",
        "size, width | size, size | t.csv:2:14: a second column 'size'",
        "write, 2 pJ, 100 um2 | write, 2 pJ, 200 um2 | t.csv:4:1: another 'area' than in line 3, of the same component",
        "4 KiB, 32 b | 4, 32 b | t.csv:8:6: 'size' is '4', which has no unit",
      })
  void mistakesInTables(String good, String bad, String message) {
    String text = TABLE.replaceFirst(Pattern.quote(strip(good)), strip(bad));
    assertThat(text).isNotEqualTo(TABLE);
    assertThatThrownBy(() -> ComponentsYaml.read(Source.text("t.csv", text), BUILT_IN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private static String strip(String quoted) {
    return quoted.replaceAll("^~|~$", "");
  }
}
