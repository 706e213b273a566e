package org.einloom.io.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import onnx.Onnx.ModelProto;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ONNX model as a workload: its convolutions and matrix products as Einsums, every other
 * operator as passes over its data, and what cannot be costed named and counted. Weights are not
 * read and may be missing.
 */
public final class OnnxReader {
  /** Longer messages, which only a hostile file can provoke, are cut. */
  private static final int MAX_MESSAGE = 1500;

  private OnnxReader() {}

  /**
   * The network in an ONNX file.
   *
   * @param file the model; small tensors with external data are looked up in its folder
   * @param options how to read it
   * @throws InputException if the file is missing, is no complete ONNX model, or contains what
   *     cannot be costed; the message names the file and, where there is one, the node
   */
  public static Workload read(Path file, OnnxOptions options) {
    if (Files.isDirectory(file)) {
      throw error(file, "is a folder; expected an ONNX file", null);
    }
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(file.toString(), stream, options, file.toAbsolutePath().getParent());
    } catch (NoSuchFileException e) {
      throw error(file, "there is no such file", e);
    } catch (IOException e) {
      throw error(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The network in a stream of the bytes of an ONNX file, which is read to its end and not closed.
   *
   * @param name what messages call it; its last part without extension names the workload
   * @throws InputException as {@link #read(Path, OnnxOptions)} does
   */
  public static Workload read(String name, InputStream stream, OnnxOptions options) {
    try {
      return read(name, stream, options, null);
    } catch (IOException e) {
      throw new InputException(Position.of(name), "cannot be read: " + e.getMessage(), "", e);
    }
  }

  private static Workload read(
      String name, InputStream stream, OnnxOptions options, @Nullable Path folder)
      throws IOException {
    try {
      ModelProto model = parse(WireFilter.filter(stream));
      return new OnnxImport(model, new ExternalFiles(folder)).workload(baseName(name), options);
    } catch (InvalidSpecException e) {
      String problem = Words.printable(String.valueOf(e.getMessage()));
      String shown =
          problem.length() <= MAX_MESSAGE ? problem : problem.substring(0, MAX_MESSAGE) + " ...";
      throw new InputException(Position.of(name), shown, "", e);
    }
  }

  private static InputException error(Path file, String problem, @Nullable IOException cause) {
    return new InputException(Position.of(file.toString()), problem, "", cause);
  }

  private static ModelProto parse(byte[] bytes) {
    try {
      return ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidSpecException("not an ONNX model: " + e.getMessage(), e);
    }
  }

  private static String baseName(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }
}
