package org.einloom.cli;

import java.util.OptionalLong;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which workload, and how to read it. */
final class ModelArguments {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "The workload: a network of the zoo (lenet5, alexnet, vgg16, resnet18, resnet50,"
              + " mobilenet_v2, densenet121, vit_b_16, bert_base), or an ONNX or YAML file.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String model;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Batch size, in place of the file's own. For ONNX.")
  private @Nullable Long batch;

  /** As given: the name of a file, or of a network of the zoo. */
  String name() {
    return model;
  }

  Workload read() {
    return Models.read(model, batch == null ? OptionalLong.empty() : OptionalLong.of(batch));
  }
}
