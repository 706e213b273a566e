package org.einloom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.einloom.io.input.Words;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.OnnxReader;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;

/** What a user means by MODEL: a network of the zoo, or a file, ONNX or YAML. */
final class Models {
  private static final int SNIFFED = 4096;

  private Models() {}

  /**
   * The workload; one of the zoo goes before a file of the same name.
   *
   * @param options extents in place of those that an ONNX model has or leaves open
   * @throws InvalidSpecException naming the nearest known name when there is neither
   */
  static Workload read(String given, OnnxOptions options) {
    if (Zoo.names().contains(given)) {
      return Zoo.read(given, options);
    }
    Path file = OutputArguments.path(given);
    if (!Files.exists(file)) {
      throw new InvalidSpecException(
          "no network of the zoo and no file is called %s; the zoo has %s%s"
              .formatted(
                  Words.quote(given),
                  String.join(", ", Zoo.names()),
                  Names.guess(given, Zoo.names())));
    }
    if (isOnnx(file)) {
      return OnnxReader.read(file, options);
    }
    if (options.batch().isPresent()) {
      throw new InvalidSpecException(
          "--batch is for ONNX models; the extents of %s say what its batch size is"
              .formatted(given));
    }
    if (!options.dimensions().isEmpty()) {
      throw new InvalidSpecException(
          "--dim is for ONNX models; %s has no open dimensions".formatted(given));
    }
    if (options.coverage() != OnnxOptions.DEFAULT.coverage()) {
      throw new InvalidSpecException(
          "--operators is for ONNX models; the layers of %s are its Einsums".formatted(given));
    }
    return WorkloadYaml.read(file);
  }

  /** By the name's ending, else by whether the file begins like text. */
  static boolean isOnnx(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".onnx")) {
      return true;
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml") || !Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      for (byte b : in.readNBytes(SNIFFED)) {
        boolean text = b < 0 || b >= ' ' || b == '\n' || b == '\r' || b == '\t';
        if (!text) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // the reader says better what is wrong
    }
  }
}
