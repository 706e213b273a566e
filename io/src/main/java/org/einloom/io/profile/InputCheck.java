package org.einloom.io.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.profile.NumericTensor;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/** Holds samples against what a model takes. */
final class InputCheck {
  private InputCheck() {}

  /**
   * The extents that the model leaves open, as this sample has them.
   *
   * @throws InvalidSpecException if an input is missing, unknown, or of another type or shape
   */
  static Map<String, Long> check(OnnxGraph graph, Map<String, NumericTensor> sample, String where) {
    List<String> names = graph.inputs().stream().map(OnnxGraph.Input::name).toList();
    for (String given : sample.keySet()) {
      if (!names.contains(given)) {
        throw new InvalidSpecException(
            "%s: the network has no input '%s'; expected %s%s"
                .formatted(
                    where,
                    given,
                    names.isEmpty() ? "none" : String.join(", ", names),
                    Spelling.nearest(given, names)
                        .map(n -> "; did you mean '" + n + "'?")
                        .orElse("")));
      }
    }
    Map<String, Long> extents = new LinkedHashMap<>();
    for (OnnxGraph.Input input : graph.inputs()) {
      NumericTensor tensor = sample.get(input.name());
      if (tensor == null) {
        throw new InvalidSpecException(
            "%s gives no values for input '%s', %s; add --inputs %s=FILE, or --random SEED"
                .formatted(where, input.name(), shown(input), input.name()));
      }
      check(input, tensor, extents, where);
    }
    return extents;
  }

  private static void check(
      OnnxGraph.Input input, NumericTensor tensor, Map<String, Long> extents, String where) {
    boolean type = input.type().filter(tensor.type()::equals).isPresent();
    List<OptionalLong> wanted = input.dimensions();
    boolean shape = wanted.size() == tensor.shape().size();
    for (int i = 0; shape && i < wanted.size(); i++) {
      long extent = tensor.shape().get(i);
      shape = wanted.get(i).isEmpty() || wanted.get(i).getAsLong() == extent;
      String symbol = input.symbols().get(i);
      if (shape && wanted.get(i).isEmpty() && !symbol.isEmpty()) {
        Long other = extents.putIfAbsent(symbol, extent);
        if (other != null && other != extent) {
          throw new InvalidSpecException(
              "%s: extent '%s' of the network is %d in one input and %d in '%s'"
                  .formatted(where, symbol, other, extent, input.name()));
        }
      }
    }
    if (!type || !shape) {
      throw new InvalidSpecException(
          "%s: input '%s' is %s; this is %s of shape %s%s"
              .formatted(
                  where,
                  input.name(),
                  shown(input),
                  tensor.type().label(),
                  tensor.shape(),
                  type || input.type().isEmpty()
                      ? ""
                      : "; save it as " + input.type().get().label()));
    }
  }

  /** {@code float32 of shape [batch, 3, 224, 224]}. */
  static String shown(OnnxGraph.Input input) {
    var extents =
        java.util.stream.IntStream.range(0, input.dimensions().size())
            .mapToObj(
                i -> {
                  OptionalLong d = input.dimensions().get(i);
                  String symbol = input.symbols().get(i);
                  return d.isPresent()
                      ? Long.toString(d.getAsLong())
                      : symbol.isEmpty() ? "?" : symbol;
                })
            .collect(Collectors.joining(", ", "[", "]"));
    return input.type().map(NumericTensor.NumberType::label).orElse("a type that cannot be given")
        + " of shape "
        + extents;
  }
}
