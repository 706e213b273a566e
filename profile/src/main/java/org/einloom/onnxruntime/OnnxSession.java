package org.einloom.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.einloom.io.profile.ModelRunner;
import org.einloom.profile.NumericTensor;

/** A model that the library has loaded. */
final class OnnxSession implements ModelRunner.Session {
  private final OrtEnvironment environment;
  private final OrtSession session;

  OnnxSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  @Override
  public SequencedMap<String, Optional<List<Long>>> results() {
    var results = new LinkedHashMap<String, Optional<List<Long>>>();
    try {
      for (Map.Entry<String, NodeInfo> e : session.getOutputInfo().entrySet()) {
        if (e.getValue().getInfo() instanceof TensorInfo t && Tensors.type(t).isPresent()) {
          List<Long> shape = Arrays.stream(t.getShape()).boxed().toList();
          boolean known = shape.stream().allMatch(extent -> extent >= 0);
          results.put(e.getKey(), known ? Optional.of(shape) : Optional.empty());
        }
      }
      return results;
    } catch (OrtException e) {
      throw OnnxRuntime.failure("cannot tell the results of the network", e);
    }
  }

  @Override
  public void run(
      Map<String, NumericTensor> inputs,
      List<String> wanted,
      BiConsumer<String, NumericTensor> taker) {
    var given = new LinkedHashMap<String, OnnxTensor>();
    try {
      for (Map.Entry<String, NumericTensor> e : inputs.entrySet()) {
        given.put(e.getKey(), Tensors.toLibrary(environment, e.getKey(), e.getValue()));
      }
      try (OrtSession.Result result = session.run(given, new LinkedHashSet<>(wanted))) {
        for (Map.Entry<String, OnnxValue> e : result) {
          if (e.getValue() instanceof OnnxTensor t) {
            taker.accept(e.getKey(), Tensors.fromLibrary(t));
          }
        }
      }
    } catch (OrtException e) {
      throw OnnxRuntime.failure("cannot run the network", e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw OnnxRuntime.failure("cannot end the run", e);
    }
  }
}
