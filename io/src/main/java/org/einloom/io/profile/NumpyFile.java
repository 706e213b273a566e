package org.einloom.io.profile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.profile.NumericTensor;
import org.einloom.profile.NumericTensor.NumberType;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Reads arrays that NumPy saved, {@code .npy} and {@code .npz}
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */
public final class NumpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;
  private static final int MOST_RANKS = 32;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-z])(\\d+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\sL]*)\\)");

  private NumpyFile() {}

  /** The array in a {@code .npy} file. */
  public static NumericTensor read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, file.toString());
    } catch (IOException e) {
      throw error(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The arrays in a {@code .npz} file, by name. */
  static SequencedMap<String, NumericTensor> archive(Path file) {
    var arrays = new LinkedHashMap<String, NumericTensor>();
    try (var zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName().replaceFirst("\\.npy$", "");
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
          arrays.put(name, read(in, file + "(" + Words.printable(entry.getName()) + ")"));
        }
      }
    } catch (IOException e) {
      throw error(file.toString(), "is no .npz archive: " + e.getMessage(), e);
    }
    if (arrays.isEmpty()) {
      throw error(file.toString(), "holds no array", null);
    }
    return arrays;
  }

  private static NumericTensor read(InputStream in, String file) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw error(file, "is no .npy file; expected what numpy.save writes", null);
    }
    ByteBuffer size =
        ByteBuffer.wrap(in.readNBytes(start[6] == 1 ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    if (size.capacity() != (start[6] == 1 ? 2 : 4)) {
      throw error(file, "is cut off", null);
    }
    int length = start[6] == 1 ? size.getShort() & 0xFFFF : size.getInt();
    if (length < 0 || length > LONGEST_HEADER) {
      throw error(file, "has a header of " + length + " bytes", null);
    }
    String header = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    Matcher descr = DESCR.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!descr.find() || !order.find() || !shape.find()) {
      throw error(
          file,
          "has the header " + Words.quote(header.strip()) + "; expected an array of plain numbers",
          null);
    }
    NumberType type = type(descr, file);
    List<Long> extents = extents(shape.group(1), file);
    long bytes;
    try {
      bytes = Math.multiplyExact(NumericTensor.elements(extents), (long) width(type));
    } catch (InvalidSpecException | ArithmeticException e) {
      bytes = Long.MAX_VALUE;
    }
    if (bytes > MOST_BYTES) {
      throw error(file, "has the shape " + extents + ", more than 2 GiB", null);
    }
    byte[] data = in.readNBytes((int) bytes);
    if (data.length != bytes || in.read() >= 0) {
      throw error(
          file,
          "has %s than the %d bytes of an array of shape %s and type %s"
              .formatted(data.length < bytes ? "less" : "more", bytes, extents, type.label()),
          null);
    }
    ByteBuffer values =
        ByteBuffer.wrap(data)
            .order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    boolean columns = order.group(1).equals("True");
    return new NumericTensor(type, extents, elements(type, values, columns, extents));
  }

  private static int width(NumberType type) {
    return Math.max(1, type.bits() / 8);
  }

  private static NumberType type(Matcher descr, String file) {
    String name = descr.group(2) + descr.group(3);
    Optional<NumberType> type =
        Optional.ofNullable(
            switch (name) {
              case "f2" -> NumberType.FLOAT16;
              case "f4" -> NumberType.FLOAT32;
              case "f8" -> NumberType.FLOAT64;
              case "i1" -> NumberType.INT8;
              case "i2" -> NumberType.INT16;
              case "i4" -> NumberType.INT32;
              case "i8" -> NumberType.INT64;
              case "u1" -> NumberType.UINT8;
              case "u2" -> NumberType.UINT16;
              case "u4" -> NumberType.UINT32;
              case "u8" -> NumberType.UINT64;
              case "b1" -> NumberType.BOOL;
              default -> null;
            });
    return type.orElseThrow(
        () ->
            error(
                file,
                "has elements of type '" + name + "'; expected integers, floats or truth values",
                null));
  }

  private static List<Long> extents(String text, String file) {
    List<Long> extents = new ArrayList<>();
    for (String part : text.replace("L", "").split(",")) {
      if (!part.isBlank()) {
        try {
          extents.add(Long.parseLong(part.strip()));
        } catch (NumberFormatException e) {
          throw error(file, "has the shape (" + text + ")", e);
        }
      }
    }
    if (extents.size() > MOST_RANKS) {
      throw error(file, "has more than " + MOST_RANKS + " ranks", null);
    }
    return extents;
  }

  private static NumericTensor.Elements elements(
      NumberType type, ByteBuffer in, boolean columns, List<Long> extents) {
    int count = (int) NumericTensor.elements(extents);
    int width = width(type);
    int[] at = columns ? byColumns(extents, count) : new int[0];
    double[] doubles = new double[type == NumberType.FLOAT64 ? count : 0];
    float[] floats = new float[!type.integral() && type != NumberType.FLOAT64 ? count : 0];
    long[] longs = new long[type.integral() ? count : 0];
    for (int i = 0; i < count; i++) {
      int from = (columns ? at[i] : i) * width;
      switch (type) {
        case FLOAT64 -> doubles[i] = in.getDouble(from);
        case FLOAT32 -> floats[i] = in.getFloat(from);
        case FLOAT16 -> floats[i] = Float.float16ToFloat(in.getShort(from));
        case BFLOAT16 -> throw new IllegalStateException("NumPy has no such type");
        case BOOL -> longs[i] = in.get(from) == 0 ? 0 : 1;
        case INT8 -> longs[i] = in.get(from);
        case UINT8 -> longs[i] = in.get(from) & 0xFF;
        case INT16 -> longs[i] = in.getShort(from);
        case UINT16 -> longs[i] = in.getShort(from) & 0xFFFF;
        case INT32 -> longs[i] = in.getInt(from);
        case UINT32 -> longs[i] = in.getInt(from) & 0xFFFF_FFFFL;
        case INT64, UINT64 -> longs[i] = in.getLong(from);
      }
    }
    return type.integral()
        ? new NumericTensor.Longs(longs)
        : type == NumberType.FLOAT64
            ? new NumericTensor.Doubles(doubles)
            : new NumericTensor.Floats(floats);
  }

  /** Where the elements stand that come one after the other row by row. */
  private static int[] byColumns(List<Long> extents, int count) {
    int[] at = new int[count];
    for (int i = 0; i < count; i++) {
      int rest = i;
      int place = 0;
      // the first rank is the fastest in the file, the last in what is wanted
      for (int r = extents.size() - 1; r >= 0; r--) {
        int extent = (int) (long) extents.get(r);
        int stride = 1;
        for (int k = 0; k < r; k++) {
          stride *= (int) (long) extents.get(k);
        }
        place += rest % extent * stride;
        rest /= extent;
      }
      at[i] = place;
    }
    return at;
  }

  private static InputException error(String file, String problem, @Nullable Exception cause) {
    return new InputException(Position.of(file), problem, "", cause);
  }
}
