package org.einloom.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.io.input.Words;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.io.profile.ModelRunner;
import org.einloom.workload.InvalidSpecException;

/**
 * Runs models on the processor. Values become results by a message appended to the model's own
 * (repeated fields of protobuf messages one after the other are one list), so that weights are
 * copied from file to file and never read here.
 */
public final class OnnxRuntime implements ModelRunner {
  private static final int LONGEST = 600;

  /** Where a model that comes as bytes finds its external weights. */
  private static final String FOLDER = "session.model_external_initializers_file_folder_path";

  @Override
  public String name() {
    return "ONNX Runtime " + environment().getVersion();
  }

  private static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "einloom");
  }

  @Override
  public Session open(
      OnnxGraph graph, List<String> further, Map<String, Long> extents, boolean exact) {
    try (var options = new SessionOptions()) {
      options.setOptimizationLevel(exact ? OptLevel.NO_OPT : OptLevel.ALL_OPT);
      if (exact) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
      }
      for (Map.Entry<String, Long> e : extents.entrySet()) {
        options.setSymbolicDimensionValue(e.getKey(), e.getValue());
      }
      return new OnnxSession(environment(), load(graph, further, options));
    } catch (OrtException e) {
      throw failure("cannot prepare the network", e);
    } catch (IOException e) {
      throw new InvalidSpecException("cannot copy the network to be run: " + e.getMessage(), e);
    }
  }

  private static OrtSession load(OnnxGraph graph, List<String> further, SessionOptions options)
      throws OrtException, IOException {
    Path file = graph.file().toAbsolutePath();
    if (further.isEmpty()) {
      return environment().createSession(file.toString(), options);
    }
    byte[] appendix = OnnxGraph.appendix(further);
    if (graph.external()) {
      options.addConfigEntry(FOLDER, String.valueOf(file.getParent()));
      var bytes = new ByteArrayOutputStream();
      Files.copy(file, bytes);
      bytes.write(appendix);
      return environment().createSession(bytes.toByteArray(), options);
    }
    Path copy = Files.createTempFile("einloom-", ".onnx");
    try {
      try (OutputStream out = Files.newOutputStream(copy)) {
        Files.copy(file, out);
        out.write(appendix);
      }
      return environment().createSession(copy.toString(), options);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** What the library says, in one line. */
  static InvalidSpecException failure(String what, OrtException e) {
    String said = Words.printable(Optional.ofNullable(e.getMessage()).orElse("no reason given"));
    String shown = said.length() <= LONGEST ? said : said.substring(0, LONGEST) + " ...";
    return new InvalidSpecException("ONNX Runtime " + what + ": " + shown, e);
  }
}
