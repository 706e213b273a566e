package org.einloom.io.onnx;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;

/**
 * The files beside a model that hold its tensors' elements
 * (https://onnx.ai/onnx/repo-docs/ExternalData.html). Only what lies in or below the model's own
 * folder is read.
 *
 * @param folder the model's folder, or null if the model comes from no file
 */
record ExternalFiles(@Nullable Path folder) {
  /** The external elements of a tensor, which take {@code bytes} bytes. */
  byte[] read(TensorProto tensor, int bytes) throws Unknown {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    String what =
        "the elements of tensor '"
            + tensor.getName()
            + "' are in the external file '"
            + location
            + "'";
    try {
      Path file = find(location, what);
      long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
      try (var reader = new RandomAccessFile(file.toFile(), "r")) {
        byte[] data = new byte[bytes];
        reader.seek(offset);
        reader.readFully(data);
        return data;
      }
    } catch (NumberFormatException e) {
      throw new Unknown(what + " at offset '" + entries.get("offset") + "', which is no number");
    } catch (InvalidPathException e) {
      throw new Unknown(what + ", which is no file name");
    } catch (IOException e) {
      throw new Unknown(what + ", which does not hold " + bytes + " bytes there");
    }
  }

  private Path find(String location, String what) throws Unknown, IOException {
    if (folder == null) {
      throw new Unknown(what + ", and a model read from a stream has no folder to find it in");
    }
    Path file = folder.resolve(location);
    if (location.isEmpty() || !Files.isRegularFile(file)) {
      throw new Unknown(what + ", which is not there");
    }
    if (!file.toRealPath().startsWith(folder.toRealPath())) {
      throw new Unknown(what + ", which is not below the model's folder");
    }
    return file;
  }
}
