package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of options that are too large, too small, or said twice. */
class AwkwardNumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workload resnet18 --batch 99999999999 | resnet18.onnx: node '/conv1/Conv' (Conv): the iteration space of Einsum '/conv1/Conv' exceeds 2^63-1; use smaller sizes; a batch of 99999999999 is too large for it
          workload resnet18 --batch 0 | the batch size is 0; expected at least 1
          workload resnet18 --batch 8 --dim batch=4 | resnet18.onnx: --batch is 8 and --dim batch=4 is the batch size, too; give one of them
          profile none.onnx --random 1 --samples 0 | --samples is 0; expected 1 to 1000000
          profile none.onnx --random 1 --below 0 | --below is 0; expected at least 1
          profile none.onnx --random 1 --bins 0 | --bins is 0; expected 1 to 10000
          profile none.onnx --random 1 --memory 0 | --memory is 0; expected 1 to 1048576
          """)
  void areRefusedWithWhatIsExpected(String command, String message) {
    assertThat(Cli.run(command.split(" ")).refused()).isEqualTo("einloom: " + message);
  }
}
