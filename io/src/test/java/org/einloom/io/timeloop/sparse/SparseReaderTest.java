package org.einloom.io.timeloop.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.einloom.evaluation.timeloop.SparseAccounting;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.SparseCases;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading {@code sparse_optimizations} and {@code densities}, and what is wrong with them. */
class SparseReaderTest {
  /** A case with a text in its files replaced, wherever it stands. */
  private static TimeloopModel model(String name, String oldText, String newText) {
    String old = oldText.replace("\\n", "\n");
    String text = newText.replace("\\n", "\n");
    List<Source> sources = new ArrayList<>();
    boolean found = old.isEmpty();
    for (Source s : SparseCases.files(name)) {
      found |= s.text().contains(old);
      String file = Path.of(s.name()).getFileName().toString();
      sources.add(Source.text(file, old.isEmpty() ? s.text() : s.text().replace(old, text)));
    }
    assertThat(found).as("'%s' stands in %s", old, name).isTrue();
    return TimeloopModel.of(TimeloopFiles.readSources(sources));
  }

  private static SparseAccounting.SparseAccount account(TimeloopModel model, String switches) {
    return model.sparseAccount(switches.isEmpty() ? Switches.NONE : Switches.parse(switches));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sp_csr|format: UOP|format: UPO|sparse.yaml:8:19|unknown format 'UPO' of a rank of 'A'|did you mean 'UOP'?",
        "sp_csr|- name: RF\\n|- name: RG\\n|sparse.yaml|unknown target 'RG'|expected one of 'DRAM'",
        "sp_csr|type: skipping|type: skiping|sparse.yaml:37:13|unknown type 'skiping'|did you mean 'skipping'?",
        "sp_csr|condition_on: [A]|condition_on: [X]|sparse.yaml:39:22|unknown tensor 'X'|expected one of 'A', 'B', 'Z'",
        "sp_csr|condition_on: [A]|condition_on: A|sparse.yaml:39:21|condition_on|expected a list of tensors",
        "sp_csr|target: B|targt: B|sparse.yaml:38:7|unknown key 'targt'|did you mean 'target'?",
        "sp_csr|flattened_rankIDs: [[K]]|flattened_rankIDs: [[Q]]|sparse.yaml|unknown dimension 'Q'|expected one of 'M', 'K', 'N'",
        "sp_csr|hypergeometric|hypergeometrc|problem.yaml:26:23|unknown distribution 'hypergeometrc' of 'A'|did you mean 'hypergeometric'?",
        "sp_csr|density: 0.1|density: 1.1|problem.yaml:27:18|is 1.1|at most 1",
        "sp_csr|density: 0.1|band_width: 3|problem.yaml|'band_width' means nothing|expected density",
        "sp_csr|metadata_storage_width: 16|metadata_storage_width: 4|arch.yaml|no number of words of 8 b|multiple of metadata_datawidth",
        "sp_csr|type: skipping|type: skipping_spatial|sparse.yaml|'skipping_spatial' at 'RF', by which instances side by side take over|skipping, by which these wait",
        "sp_gate_compute|type: gating|type: gate|sparse.yaml|unknown type 'gate'|gate_on_zero_operand",
        "sp_gate_compute|compute_optimization|action_optimization|sparse.yaml|which is a compute|expected compute_optimization",
      })
  @DisplayName("what is wrong is named with its place, and what is near it")
  void wrong(String name, String old, String text, String at, String problem, String hint) {
    assertThatThrownBy(() -> model(name, old, text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(at)
        .hasMessageContaining(problem)
        .hasMessageContaining(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sp_csr|metadata_storage_depth: 64|metadata_storage_depth: 4|the metadata of RF take 256 b of 32 b",
        "sp_csr|depth: 128|depth: 64|RF holds 64 words",
        "sp_decompress|decompression_supported: true|decompression_supported: false|does not decompress",
        "sp_csr|        - format: UOP\\n          payload_word_bits: 8\\n          flattened_rankIDs: [[M]]\\n        - format: UOP|        - format: UOP|too few ranks",
        "sp_banded|band_width: 3|band_width: 40|expected less than its size, 32",
        // Z is dense: nothing of B is left out for it inside, some is for A outside
        "sp_glb_skip|condition_on: [A]|condition_on: [A]\\n  - name: RF\\n    action_optimization:\\n    - type: skipping\\n      target: B\\n      condition_on: [Z]|one inside of it no more than 0.0 of them",
      })
  @DisplayName("what does not fit is said")
  void doesNotFit(String name, String old, String text, String problem) {
    TimeloopModel model = model(name, old, text);
    assertThatThrownBy(() -> account(model, ""))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("sparse.yaml")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sp_csr", "sp_structured", "sp_skip_out", "sp_eyeriss_conv"})
  @DisplayName("older files spell keys with hyphens")
  void hyphens(String name) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (Source s : SparseCases.files(name)) {
      String text = s.text();
      for (String key :
          List.of(
              "action_optimization",
              "representation_format",
              "compute_optimization",
              "data_spaces:\n      - name",
              "flattened_rankIDs",
              "condition_on",
              "fixed_structured")) {
        text = text.replace(key, key.replace('_', '-'));
      }
      sources.add(Source.text(s.name(), text));
    }
    assertThat(Files.readString(SparseCases.folder().resolve(name).resolve("sparse.yaml")))
        .contains("_optimization");
    var older = TimeloopModel.of(TimeloopFiles.readSources(sources));
    assertThat(account(older, "").counts())
        .isEqualTo(account(TimeloopModel.of(SparseCases.read(name)), "").counts());
  }

  /** Timeloop takes a number for the share of every tile. */
  @Test
  @DisplayName("a density that is a number alone is a fixed share")
  void number() {
    TimeloopModel model =
        model(
            "sp_structured",
            "A:\n        distribution: fixed_structured\n        density: 0.5",
            "A: 0.5");
    assertThat(account(model, "").counts())
        .isEqualTo(account(model("sp_structured", "", ""), "").counts());
    assertThat(model.remarks())
        .anySatisfy(
            r -> assertThat(r.toString()).contains("'A' has no distribution; taken as fixed"));
    assertThatThrownBy(
            () ->
                model(
                    "sp_structured",
                    "A:\n        distribution: fixed_structured\n        density: 0.5",
                    "A: 1.5"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the density of 'A' is 1.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "    densities: {A: {distribution: hypergeometric, density: 0.1}}\n"})
  @DisplayName("one density of all tensors, whatever else is said of them")
  void commonDensity(String before) {
    String old =
        "    densities:\n      A:\n        distribution: fixed_structured\n        density: 0.5";
    String each = "{distribution: fixed_structured, density: 0.5}";
    TimeloopModel common =
        model("sp_structured_2_4", old, before + "    commonDensity: " + each + "\n");
    assertThat(account(common, "").counts())
        .isEqualTo(
            account(
                    model(
                        "sp_structured_2_4",
                        old,
                        "    densities: {A: %s, B: %s, Z: %s}\n".formatted(each, each, each)),
                    "")
                .counts());
    // a word in two of B's are zeros, which are in no tile's way without a format
    assertThat(account(common, "").counts().levels().getFirst().get("B").density()).isEqualTo(0.5);
    assertThat(common.remarks().toString().contains("mean nothing to Timeloop beside"))
        .isEqualTo(!before.isEmpty());
  }

  @Test
  @DisplayName("several targets may say different things of a level, not one of them twice")
  void targets() {
    String old = "    action_optimization:\n";
    assertThat(account(model("sp_csr", old, "  - name: RF\n" + old), "").counts())
        .isEqualTo(account(model("sp_csr", "", ""), "").counts());
    String twice = "    - type: skipping\n      target: B\n      condition_on: [A]\n";
    assertThatThrownBy(() -> model("sp_csr", twice, twice + "  - name: RF\n" + old + twice))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sparse.yaml:42")
        .hasMessageContaining("a second 'action_optimization' of 'RF'");
  }

  @Test
  @DisplayName("targets that do nothing are no sparse optimisations")
  void nothing() {
    assertThat(
            model("sp_gate_compute", "    compute_optimization:\n    - type: gating\n", "")
                .sparse())
        .isEmpty();
  }

  @Test
  @DisplayName("of several options the one that saves most is taken")
  void options() {
    String one = "    - type: skipping\n      target: B\n      condition_on: [A]\n";
    String two =
        """
            - type: skipping
              options:
              - {target: B, condition_on: [A]}
              - {target: A, condition_on: [B]}
        """;
    var chosen = account(model("sp_skip_storage", one, two), "");
    assertThat(chosen.counts()).isEqualTo(account(model("sp_skip_storage", "", ""), "").counts());
  }

  @Test
  @DisplayName("what does not know them refuses them aloud")
  void refused() {
    assertThatThrownBy(() -> model("sp_csr", "", "").requireDense("not here"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sparse.yaml:1:1")
        .hasMessageContaining("evaluate --timeloop");
  }

  @Test
  @DisplayName("gating keeps its time where that is asked for")
  void gatingTakesTime() {
    TimeloopModel model = model("sp_gate_storage", "", "");
    assertThat(account(model, "").account().evaluation().cycles()).isEqualTo(9856);
    var timed = account(model, "gating-takes-time");
    assertThat(timed.account().evaluation().cycles()).isEqualTo(32768);
    assertThat(timed.counts().computes().gated()).isEqualTo(32768 - 9856);
    TimeloopModel skipping = model("sp_skip_storage", "", "");
    assertThat(account(skipping, "gating-takes-time").account().evaluation().cycles())
        .isEqualTo(9856);
  }

  @Test
  @DisplayName(
      "bands are looked at as a whole, and entries are not rounded, where that is asked for")
  void corrections() {
    TimeloopModel band = model("sp_banded", "", "");
    assertThat(account(band, "").account().evaluation().cycles()).isEqualTo(32768 * 62 / 256);
    assertThat(account(band, "exact-bands").account().evaluation().cycles())
        .isEqualTo(32768 * 74 / 256);
    TimeloopModel csr = model("sp_csr", "", "");
    long rounded = metadataBits(account(csr, ""));
    long exact = metadataBits(account(csr, "no-fiber-ceilings"));
    // 2 + 1 and twice 16 + 1 offsets; and of 103 entries that there are 100, as the share of fibers
    // that are not empty is counted on top of that of coordinates
    assertThat(exact).isEqualTo((100 + 3 + 34) * 8);
    assertThat(rounded).isGreaterThan(exact);
  }

  private static long metadataBits(SparseAccounting.SparseAccount account) {
    return java.util.Objects.requireNonNull(account.counts().levels().getLast().get("A"))
        .metadataBits(Way.READ, Fate.ACTUAL);
  }
}
