package org.einloom.io.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.einloom.explore.engine.ListedPoints;
import org.einloom.explore.engine.Survey;
import org.einloom.io.input.InputException;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in studies: each is made in a good one, and told with its place. */
class WrongStudiesTest {
  private static final String GOOD =
      """
      einloom: 1
      study:
        name: small
        workloads: [{model: net.yaml, parameters: {width: "${width}"}}]
        architecture: teaching
        parameters:
          width: [16, 32]
          pes: {from: 2, to: 8, factor: 2}
          preset: [slow, fast]
          clock: {by: preset, cases: {slow: 100, fast: 200}}
          twice: {formula: 2*pes}
        conditions: [pes >= 4 or preset == slow]
        set:
          Array.dimensions.x.size: ${pes}
          clock: ${clock} MHz
        bits: {weight: "${8}"}
        tables: [table.csv]
        limits: [{area: 1 mm2}]
        budgets: {small: {power: 1 W, best: edp}}
        objectives: [energy, {most: accuracy}]
        mapping: edp
        method: {random: 100, seed: 1}
      """;
  private static final String NET =
      """
      einloom: 1
      workload:
        name: net
        parameters: {width: 8}
        einsums:
        - name: fc
          extents: {m: 2*width, k: 4}
          expression: "Y[m] += X[k] * A[k,m]"
      """;
  private static final String TABLE = "width,accuracy\n16,90\n32,91\n";

  @TempDir Path folder;

  private StudyFile read(String study) throws IOException {
    Files.writeString(folder.resolve("net.yaml"), NET);
    Files.writeString(folder.resolve("table.csv"), TABLE);
    Path file = folder.resolve("study.yaml");
    Files.writeString(file, study);
    return StudyFile.read(file);
  }

  @Test
  @DisplayName("the study that mistakes are made in is good")
  void good() throws IOException {
    StudyFile file = read(GOOD);
    var points = ListedPoints.all(file.study().space());
    // 2 widths, 3 counts of PEs of which 2 are slow alone, 2 presets
    assertThat(points.most()).isEqualTo(2 * (3 + 2));
    Survey survey = Survey.of(file.study(), file.builder(), points, true);
    assertThat(survey.impossible()).isZero();
    assertThat(survey.layers()).isEqualTo(10);
    var candidate = file.builder().build(file.study().space().point(0).orElseThrow());
    assertThat(candidate.design().first().clockHz()).isEqualTo(100e6);
    assertThat(candidate.design().first().widths().weight()).isEqualTo(8);
    assertThat(candidate.workloads().getFirst().layers().getFirst().einsum().extent("m"))
        .isEqualTo(32);
    assertThat(candidate.given()).containsEntry("accuracy", 90.0);
  }

  @Test
  @DisplayName("what decides the figures of a point changes the digest, and nothing else does")
  void digest() throws IOException {
    String digest = read(GOOD).study().digest();
    assertThat(read(GOOD.replace("[16, 32]", "[16, 32, 64]")).study().digest()).isEqualTo(digest);
    assertThat(read(GOOD.replace("edp\n  method", "energy\n  method")).study().digest())
        .isNotEqualTo(digest);
    assertThat(read(GOOD.replace("MHz", "GHz")).study().digest()).isNotEqualTo(digest);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          mapping: edp            | mappings: edp            | :21:3: unknown key 'mappings' in a study; expected one of
          mapping: edp            | mapping: epd             | :21:12: 'mapping' is 'epd'; expected energy or latency or edp; did you mean 'edp'?
          architecture: teaching  | architecture: teachin    | :5:17: 'teachin' is no shipped architecture and no .yaml file; shipped are
          architecture: teaching  | architecture: gone.yaml  | :5:17: 'gone.yaml' does not exist
          width: [16, 32]         | width: [16, wide]        | :7:12: parameter 'width' has numbers and words for values; expected all of one kind
          width: [16, 32]         | width: [16, 16]          | :7:12: parameter 'width' has the value 16 twice
          width: [16, 32]         | width: [16 KiB]          | :7:13: parameter 'width' has the value '16 KiB'; expected a number without a unit, or a word; put the unit where the value is used
          factor: 2               | factor: 1                | :8:10: parameter 'pes' never comes from 2 to 8; expected a step above 0, or a factor above 1
          factor: 2               | times: 2                 | :8:27: unknown key 'times' in parameter 'pes'; expected one of from, to, step, factor
          by: preset              | by: presets              | :10:17: unknown parameter 'presets'; expected one that stands before: width, pes, preset; did you mean 'preset'?
          fast: 200               | fats: 200                | :10:32: there is no case for preset = fast; expected one for each value
          formula: 2*pes          | formula: 2*peas          | :11:24: unknown name 'peas'; expected one of width, pes, clock; did you mean 'pes'?
          preset == slow          | preset == slwo           | :12:16: 'preset' is never 'slwo'; it is slow or fast; did you mean 'slow'?
          Array.dimensions.x.size | Arry.dimensions.x.size   | :14:5: 'Arry.dimensions.x.size' begins with no node and no key of the architecture; its nodes are
          ${clock} MHz            | ${clok} MHz              | :15:12: 'clock': unknown parameter 'clok'; expected one of width, pes, clock, twice, preset; did you mean 'clock'?
          ${clock} MHz            | ${clock MHz              | :15:12: 'clock' is '${clock MHz', whose '${' has no '}'
          tables: [table.csv]     | tables: [tabel.csv]      | :17:12: 'tabel.csv' does not exist; did you mean 'table.csv'?
          area: 1 mm2             | area: 1                  | :18:19: 'area' is '1', which has no unit; expected an area such as '0.5 mm2'
          area: 1 mm2             | are: 1 mm2               | :18:13: a limit is of the unknown measure 'are'; expected one of energy, latency, edp, power, area, clock, twice, accuracy, workload; did you mean 'area'?
          power: 1 W              | best: edp                | :19:32: key 'best' is given twice
          most: accuracy          | most: acuracy            | :20:31: unknown measure 'acuracy'; expected one of energy, latency, edp, power, area, clock, twice, accuracy, or a column of a table; did you mean 'accuracy'?
          {random: 100, seed: 1}  | {search: 100}            | :22:11: 'method' has the unknown key 'search'; expected factorial, {random: 100, seed: 1} or {evolution: 500, seed: 1}
          {random: 100, seed: 1}  | {evolution: 3}           | :22:23: 'evolution' is '3'; expected a whole number from 4 to 200000
          {random: 100, seed: 1}  | {evolution: 1e9}         | :22:23: 'evolution' is '1e9', which is no whole number; expected a whole number from 4 to 200000
          {random: 100, seed: 1}  | {evolution: 100, population: 2} | :22:40: 'population' is '2'; expected a whole number from 4 to 1000
          {random: 100, seed: 1}  | {random: 100, sead: 1}   | :22:25: unknown key 'sead' in 'method'; expected one of random, seed; did you mean 'seed'?
          {random: 100, seed: 1}  | {random: 100, seed: -1}  | :22:31: 'seed' is '-1'; expected a whole number from 0 to
          {random: 100, seed: 1}  | {random: 0}              | :22:20: 'random' is '0'; expected a whole number from 1 to
          {random: 100, seed: 1}  | {random: 1.5}            | :22:20: 'random' is '1.5', which is no whole number; expected
          {random: 100, seed: 1}  | {}                       | :22:11: 'method' says nothing; expected factorial,
          {random: 100, seed: 1}  | random                   | :22:11: 'method' is 'random'; expected factorial, {random: 100, seed: 1} or
          {random: 100, seed: 1}  | all                      | :22:11: 'method' is 'all'; expected factorial, {random: 100, seed: 1} or
          width: [16, 32]         | width: []                | :7:12: parameter 'width' has no value
          width: [16, 32]         | width: [16, .nan]        | :7:17: parameter 'width' has the value '.nan'; expected a number without a unit, or a word
          width: [16, 32]         | wi dth: [16, 32]         | :7:5: 'wi dth' is no name for a parameter; expected letters, digits and '_'
          width: [16, 32]         | and: [16, 32]            | :7:5: 'and' is no name for a parameter
          width: [16, 32]         | width: {from: 16}        | :7:12:
          width: [16, 32]         | width: {from: 16, to: 32} | :7:12: parameter 'width' has no step; expected either 'step: 8' or 'factor: 2'
          width: [16, 32]         | width: {from: 0, to: 1e6, step: 1e-3} | :7:12: parameter 'width' has more than 100000 values
          width: [16, 32]         | "width, pes": [[16, 2], [32, 4]] | :8:5: a second parameter named 'pes'
          width: [16, 32]         | "width, deep": [[16, 2], [32]] | :7:
          formula: 2*pes          | formula: 2*twice         | :11:24: unknown name 'twice'; expected one of width, pes, clock
          formula: 2*pes          | formula: 2*(pes          | :11:
          preset == slow          | preset = slow            | :12:16: 'preset = slow' compares nothing; expected
          pes >= 4                | pes >= 4 KiB             | :12:
          weight: "${8}"          | wieght: "${8}"           | :16:10: unknown key 'wieght' in 'bits'; expected one of input, weight, output, partial; did you mean 'weight'?
          objectives: [energy, {most: accuracy}] | objectives: [] | :20:15: there is no objective; expected
          objectives: [energy, {most: accuracy}] | objectives: [energy, energy] | :20:24: objective 'energy' is listed twice
          objectives: [energy, {most: accuracy}] | objectives: [cost] | :20:16: unknown measure 'cost'; expected one of energy, latency, edp, power, area, clock, twice, accuracy, or a column of a table
          {most: accuracy}        | {most: accuracy, least: energy} | :20:24: an objective has either 'least' or 'most'
          {most: accuracy}        | {most: accuracy, workload: net} | :20:51: 'accuracy' is not of a workload; leave 'workload' out
          power: 1 W              | power: 1 pJ              | :19:28: 'power' is
          power: 1 W, best: edp   | best: edp                | :19:20: budget 'small' limits nothing; expected
          power: 1 W              | accuracy: {at_least: 9, at_most: 8} | :19:31: the limit of 'accuracy' allows nothing
          {width: "${width}"}     | {widht: "${width}"}      | :4:53: net.yaml has no parameter 'widht'; it has width; did you mean 'width'?
          Array.dimensions.x.size | Array.dimensions.z.size  | :14:5: there is no 'z' where 'Array.dimensions.z.size' looks for one; expected the name of an element of the list: x
          Array.dimensions.x.size: ${pes} | Array.dimensions.x.size: $pes | :14:30: 'Array.dimensions.x.size' is '$pes', where $pes is no value; expected ${pes}
          x.size: ${pes}          | x.size: ${pes + preset}  | :14:30: 'Array.dimensions.x.size' ('pes + preset'): 'preset' is a word, not a number; expected parameters that are numbers: give one that follows, {by: preset}
          Array.dimensions.x.size: ${pes} | Array.dimensions.x.size.most: ${pes} | :14:5: 'Array.dimensions.x.size.most' leads into
          Array.dimensions.x.size: ${pes} | Array: ${pes} | :14:5: 'Array' is a node, not a value of one; expected, for example, 'Array.size'
          width: [16, 32]         | width: 16, 32            | :7:12: parameter 'width' has the value '16, 32'; expected a number without a unit, or a word; write a list in brackets: [16, 32]
          width: [16, 32]         | width: [[16, 32]]        | :7:13: 'width' is a list; expected a number or a word
          from: 2, to: 8          | from: 8, to: 2           | :8:10: parameter 'pes' never comes from 8 to 2; expected a step above 0
          factor: 2               | step: 0.00001            | :8:10: parameter 'pes' has more than 100000 values; expected fewer
          factor: 2               | factor: 2, step: 1       | :8:10: parameter 'pes' has a step and a factor; expected either
          fast: 200}              | fast: 200, quick: 3}     | :10:32: 'preset' is never quick; it is slow or fast
          fast: 200}              | fast: quick}             | :10:32: parameter 'clock' has numbers and words for values
          formula: 2*pes          | formula: 2*preset        | :11:22: '2*preset' calculates with 'preset', which is a word; expected numbers: give a parameter that follows, {by: preset}
          formula: 2*pes          | formula: 2pes            | :11:23: 'p' does not fit here; expected an operator or the end
          pes >= 4                | 2 <= pes <= 4            | :12:16: '2 <= pes <= 4' compares more than once; expected 'and' between, as in '2 <= pes and pes <= 4'
          pes >= 4                | 4 =< pes                 | :12:16: '4 =< pes' has '=<'; expected '<='
          preset == slow          | preset < slow            | :12:16: 'preset' is a word, which is compared by == or !=, not by <
          [pes >= 4 or preset == slow] | pes >= 4            | :12:15: 'conditions' is a single value; expected a list of comparisons
          weight: "${8}"          | weights: 8               | :16:10: unknown key 'weights' in 'bits'
          bits: {weight: "${8}"}  | bits: 8                  | :16:9: 'bits' is a single value; expected the keys
          tables: [table.csv]     | tables: table.csv        | :17:11: 'tables' is a single value; expected a list of CSV files
          tables: [table.csv]     | tables: [net.yaml]       | net.yaml:1:1: 'einloom: 1' is no name for a column
          tables: [table.csv]     | tables: [table.csv, table.csv] | :17:23: a second table gives 'accuracy'
          area: 1 mm2             | area: 1 mm               | :18:19: 'area' is '1 mm', which is a length; expected an area such as '0.5 mm2'
          area: 1 mm2             | area: -1 mm2             | :18:19: 'area' is '-1 mm2', which is negative
          [{area: 1 mm2}]         | {area: 1 mm2}            | :18:11: 'limits' is a mapping of keys to values; expected a list of limits
          best: edp               | best: smallest           | :19:39: unknown measure 'smallest'; expected one of
          best: edp               | bset: edp                | :19:33: budget 'small' is of the unknown measure 'bset'; expected one of energy, latency, edp, power, area, clock, twice, accuracy, workload, best; did you mean 'best'?
          [energy, {most: accuracy}] | energy                | :20:15: 'objectives' is a single value; expected a list of objectives
          {most: accuracy}        | {max: accuracy}          | :20:25: unknown key 'max' in an objective; expected one of least, most, workload
          {random: 100, seed: 1}  | {random: 3, evolution: 9} | :22:23: unknown key 'evolution' in 'method'
          {random: 100, seed: 1}  | {random: 3, seed: one}   | :22:29: 'seed' is 'one', which is no whole number
          architecture: teaching  | architecture: net.yaml   | net.yaml:2:1: this file holds a workload; expected an architecture
          architecture: teaching  | architecture: {name: teaching} | :5:17: 'architecture' is a mapping of keys to values; expected a name
          {model: net.yaml, par   | {model: net.yaml, weight: 0, par | :4:41: 'weight' is '0'; expected a number above 0
          {model: net.yaml, par   | {model: net.yaml, batch: 2, par | :4:23: 'batch', 'dimensions' and 'operators' are for ONNX models; expected 'parameters'
          model: net.yaml         | model: resnet81          | :4:23: 'resnet81' is no network of the zoo and no .yaml or .onnx file; the zoo has
          model: net.yaml         | model: ../net.yaml       | :4:23: '../net.yaml' leads out of a folder; expected a relative path at or below the folder
          """)
  void mistakes(String good, String wrong, String message) throws IOException {
    assertThat(GOOD).contains(good);
    Throwable thrown = catchThrowable(() -> read(GOOD.replace(good, wrong)));
    assertThat(thrown).isInstanceOf(InputException.class);
    assertThat(
            thrown
                .getMessage()
                .replace(folder.resolve("study.yaml").toString(), "")
                .replace(folder + "/", ""))
        .startsWith(message)
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("parameters that follow from each other have no value")
  void circle() {
    String circle = "twice: {formula: 2*more}\n    more: {formula: twice}";
    assertThatThrownBy(() -> read(GOOD.replace("twice: {formula: 2*pes}", circle)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(":11:22: 'twice' calculates with 'more', which stands after it");
  }

  @Test
  @DisplayName("points are judged by what follows from parameters as well: what it costs, say")
  void calculatedMeasures() throws IOException {
    StudyFile file =
        read(
            GOOD.replace("objectives: [energy,", "objectives: [twice,")
                .replace("limits: [{area: 1 mm2}]", "limits: [{twice: {at_most: 8}}]"));
    var point = file.study().space().point(4).orElseThrow(); // 8 PEs, slow
    assertThat(file.builder().build(point).given())
        .containsEntry("twice", 16.0)
        .containsEntry("clock", 100.0);
    assertThat(file.study().limits().getFirst().allows(8)).isTrue();
    assertThat(catchThrowable(() -> read(GOOD.replace("[energy,", "[pes,"))))
        .hasMessageContaining("unknown measure 'pes'; expected one of");
  }

  @Test
  @DisplayName("a parameter that changes nothing is told, which would double the points")
  void changesNothing() throws IOException {
    String preset = "preset: [slow, fast]";
    assertThat(catchThrowable(() -> read(GOOD.replace(preset, preset + "\n    idle: [1, 2, 3]"))))
        .hasMessageContaining(
            "study.yaml:10:5: parameter 'idle' changes nothing, and there would be 3 times as many points as there are designs; expected ${idle} in a value under 'set'");
    String pair = preset + "\n    \"lone, idle\": [[1, 2], [3, 4]]\n";
    String through = pair + "    also: {formula: lone + 1}";
    assertThat(catchThrowable(() -> read(GOOD.replace(preset, through))))
        .hasMessageContaining("study.yaml:10:5: parameter 'lone, idle' changes nothing");
    // of one value, or used by way of another parameter
    assertThat(read(GOOD.replace(preset, preset + "\n    idle: 1")).study().space().size())
        .isEqualTo(12);
    String used = GOOD.replace(preset, through).replace("${pes}", "${pes * also}");
    assertThat(read(used).study().space().size()).isEqualTo(24);
  }

  @Test
  @DisplayName("what makes every point impossible is a mistake of the study")
  void nothingIsPossible() throws IOException {
    StudyFile file = read(GOOD.replace("x.size: ${pes}", "x.sizes: ${pes}"));
    var points = ListedPoints.all(file.study().space());
    assertThat(catchThrowable(() -> Survey.of(file.study(), file.builder(), points, false)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("study.yaml:14:5: unknown key 'sizes'");
    StudyFile gone = read(GOOD.replace("width: [16, 32]", "width: [17]"));
    var none = ListedPoints.all(gone.study().space());
    assertThat(catchThrowable(() -> Survey.of(gone.study(), gone.builder(), none, false)))
        .hasMessageContaining("table.csv: the table has no row for width=17");
  }
}
