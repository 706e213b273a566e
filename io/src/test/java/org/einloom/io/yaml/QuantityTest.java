package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.einloom.io.input.Position;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "SIZE, 108 KiB, 884736",
    "SIZE, 3072B, 24576",
    "SIZE, 16 b, 16",
    "SIZE, 1 KB, 8000",
    "SIZE, 1 kB, 8000",
    "SIZE, 1 Kb, 1000",
    "SIZE, 1 Kib, 1024",
    "SIZE, 0.5 GiB, 4294967296",
    "SIZE, 1e3 b, 1000",
    "FREQUENCY, 200 MHz, 2e8",
    "FREQUENCY, 0.1GHz, 1e8",
    "ENERGY, 1.2 pJ, 1.2",
    "ENERGY, 7 fJ, 0.007",
    "ENERGY, 0.512nJ, 512",
    "ENERGY, 0.3 pJ, 0.3",
    "AREA, 0.5 mm2, 5e5",
    "AREA, 0.5 mm^2, 5e5",
    "AREA, 3 \u00b5m\u00b2, 3",
    "POWER, 3 mW, 3000",
    "POWER, 25 nW, 0.025",
    "BANDWIDTH, 25.6 GB/s, 2.048e11",
    "BANDWIDTH, 25.6 Gb / s, 2.56e10",
    "CYCLE_BANDWIDTH, 64 B/cycle, 512",
    "RATE, 2 /cycle, 2",
    "RATE, 0.25/cycle, 0.25",
    "LENGTH, 65nm, 65",
    "LENGTH, 0.18 um, 180",
  })
  void readsNumbersWithUnits(Unit unit, String text, double expected) {
    var at = new Position("f", 1, 1);
    var scalar = new Scalar(text, true, true, at, at);
    Quantity read = Quantity.read(scalar, "q", unit);
    assertThat(read.asDouble()).as("to the last digit").isEqualTo(expected);
    assertThat(List.of(read.unit())).containsExactly(unit);
  }
}
