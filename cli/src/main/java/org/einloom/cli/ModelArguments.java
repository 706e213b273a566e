package org.einloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.einloom.io.onnx.Coverage;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.workload.InvalidSpecException;
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

  @Option(
      names = "--dim",
      paramLabel = "NAME=N",
      description =
          "Extent of a dimension that an ONNX file leaves open, by its name in the file (batch=8),"
              + " or by input and axis (tokens:1=128). May be given several times.")
  private List<String> dimensions = new ArrayList<>();

  @Option(
      names = "--operators",
      paramLabel = "WHICH",
      description =
          "Which operators of an ONNX model are layers: all (default), or products, its"
              + " convolutions and matrix products alone.")
  private String operators = "all";

  /** As given: the name of a file, or of a network of the zoo. */
  String name() {
    return model;
  }

  Workload read() {
    OptionalLong size = batch == null ? OptionalLong.empty() : OptionalLong.of(batch);
    return Models.read(
        model,
        new OnnxOptions(size)
            .withDimensions(Dimensions.parse(dimensions))
            .withCoverage(coverage(operators)));
  }

  private static Coverage coverage(String which) {
    return switch (which) {
      case "all" -> Coverage.ALL;
      case "products" -> Coverage.PRODUCTS;
      default ->
          throw new InvalidSpecException(
              "--operators %s: expected all or products%s"
                  .formatted(which, Names.guess(which, List.of("all", "products"))));
    };
  }
}
