package org.einloom.io.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.workload.Workload;

/** Well-known networks that come with Einloom, as ONNX graphs without weights. */
public final class Zoo {
  private static final List<String> NAMES =
      List.of(
          "alexnet",
          "bert_base",
          "densenet121",
          "lenet5",
          "mobilenet_v2",
          "resnet18",
          "resnet50",
          "vgg16",
          "vit_b_16");

  private Zoo() {}

  /** The names of the networks, in alphabetical order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The network of that name.
   *
   * @throws InputException if there is none, naming the nearest, or if it does not take the options
   */
  public static Workload read(String name, OnnxOptions options) {
    if (!NAMES.contains(name)) {
      throw Position.of(Words.quote(name))
          .error(
              "no shipped network has this name",
              "shipped are " + String.join(", ", NAMES),
              Words.didYouMean(name, NAMES));
    }
    try (InputStream stream = open(name)) {
      return OnnxReader.read(name + ".onnx", stream, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of the network of that name, one of {@link #names}. */
  public static InputStream open(String name) {
    String path = "/org/einloom/zoo/" + name + ".onnx";
    InputStream stream = Zoo.class.getResourceAsStream(path);
    if (stream == null) {
      throw new IllegalStateException("resource " + path + " is missing");
    }
    return stream;
  }
}
