package org.einloom.io.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.profile.NumericTensor;
import org.einloom.workload.InvalidSpecException;

/** Reads tensors with their elements: the constants of a model, one at a time, and files of one. */
public final class OnnxTensors {
  private OnnxTensors() {}

  /**
   * Hands over each initialiser and each tensor of a {@code Constant} node, with its name, in the
   * order of the file. Of a model of gigabytes one tensor is in memory at a time.
   *
   * @return how many there are of types that are not measured
   * @throws InputException if the file is no ONNX model, or weights are missing
   */
  public static int constants(Path model, BiConsumer<String, NumericTensor> taker) {
    var external = new ExternalFiles(model.toAbsolutePath().getParent());
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(model), 1 << 16)) {
      return new Constants(CodedInputStream.newInstance(stream, 1 << 16), external, taker).read();
    } catch (InvalidProtocolBufferException e) {
      throw error(model, "is not a complete ONNX model", e);
    } catch (NoSuchFileException e) {
      throw error(model, "there is no such file", e);
    } catch (IOException e) {
      throw error(model, "cannot be read: " + e.getMessage(), e);
    } catch (InvalidSpecException e) {
      throw error(model, Words.printable(String.valueOf(e.getMessage())), e);
    }
  }

  /**
   * The tensor in a file that holds one {@code TensorProto}, as ONNX keeps its test data.
   *
   * @throws InputException if it is none, or of a type that is not measured
   */
  public static NumericTensor file(Path file) {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      TensorProto tensor = TensorProto.parseFrom(stream);
      return StoredTensors.read(tensor, new ExternalFiles(file.toAbsolutePath().getParent()))
          .orElseThrow(
              () ->
                  error(
                      file,
                      "holds elements of type "
                          + ElementType.name(tensor.getDataType())
                          + "; expected numbers of 8 bits or more",
                      null));
    } catch (InvalidProtocolBufferException e) {
      throw error(file, "is no ONNX tensor; expected a serialised TensorProto", e);
    } catch (IOException e) {
      throw error(file, "cannot be read: " + e.getMessage(), e);
    } catch (InputException e) {
      throw e;
    } catch (InvalidSpecException e) {
      throw error(file, Words.printable(String.valueOf(e.getMessage())), e);
    }
  }

  private static InputException error(
      Path file, String problem, @org.jspecify.annotations.Nullable Exception cause) {
    return new InputException(Position.of(file.toString()), problem, "", cause);
  }

  /** Walks through the fields of a model and its graph, and skips all others. */
  private static final class Constants {
    private final CodedInputStream in;
    private final ExternalFiles external;
    private final BiConsumer<String, NumericTensor> taker;
    private int others;

    Constants(
        CodedInputStream in, ExternalFiles external, BiConsumer<String, NumericTensor> taker) {
      this.in = in;
      this.external = external;
      this.taker = taker;
      in.setSizeLimit(Integer.MAX_VALUE);
    }

    int read() throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (isMessage(tag, ModelProto.GRAPH_FIELD_NUMBER)) {
          int before = in.pushLimit(in.readRawVarint32());
          graph();
          in.popLimit(before);
        } else {
          in.skipField(tag);
        }
      }
      return others;
    }

    private void graph() throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (isMessage(tag, GraphProto.INITIALIZER_FIELD_NUMBER)) {
          TensorProto tensor = in.readMessage(TensorProto.parser(), NONE);
          take(tensor.getName(), tensor);
        } else if (isMessage(tag, GraphProto.NODE_FIELD_NUMBER)) {
          node(in.readMessage(NodeProto.parser(), NONE));
        } else {
          in.skipField(tag);
        }
      }
    }

    private void node(NodeProto node) {
      if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
        node.getAttributeList().stream()
            .filter(a -> a.getName().equals("value") && a.hasT())
            .forEach(a -> take(node.getOutput(0), a.getT()));
      }
    }

    private void take(String name, TensorProto tensor) {
      StoredTensors.read(tensor, external)
          .ifPresentOrElse(t -> taker.accept(name, t), () -> others++);
    }

    private static boolean isMessage(int tag, int field) {
      return WireFormat.getTagFieldNumber(tag) == field
          && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static final ExtensionRegistryLite NONE = ExtensionRegistryLite.getEmptyRegistry();
  }
}
