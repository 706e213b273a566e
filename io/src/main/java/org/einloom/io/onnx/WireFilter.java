package org.einloom.io.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.einloom.workload.InvalidSpecException;

/**
 * Copies what Einloom reads of an ONNX file into a small file of the same format, so that weights
 * of gigabytes never enter memory, and so that a hostile file cannot ask for more memory than the
 * limits here before the parser sees it. Works on the wire format
 * (https://protobuf.dev/programming-guides/encoding/).
 */
final class WireFilter {
  /** Elements of a tensor are kept up to this many bytes: {@link Numbers#LIMIT} longs. */
  static final int BULK_BYTES = 8 * Numbers.LIMIT;

  /** What may be kept: far more than the graph of any known network, far less than memory. */
  static final int MAX_KEPT_BYTES = 64 << 20;

  static final int MAX_FIELDS = 2_000_000;

  /** An ONNX graph inside a graph takes three levels. */
  private static final int MAX_DEPTH = 60;

  private final CodedInputStream in;
  private int fields;
  private int keptBytes;

  private WireFilter(CodedInputStream in) {
    this.in = in;
  }

  /**
   * The model without bulk data. The stream is read to its end and not closed.
   *
   * @throws InvalidSpecException if it is not a protobuf or exceeds a limit
   * @throws IOException if the stream itself fails
   */
  static byte[] filter(InputStream stream) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(stream);
    try {
      byte[] model = new WireFilter(in).message(WireSchema.MODEL, 0);
      if (in.getTotalBytesRead() == 0) {
        throw new InvalidSpecException("is empty; expected an ONNX model");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new InvalidSpecException(
          "not a complete ONNX file: no protobuf field can be read at byte "
              + in.getTotalBytesRead()
              + "; it may have been cut off, be larger than 2 GiB, or be of another format",
          e);
    }
  }

  private byte[] message(WireSchema schema, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new InvalidSpecException(
          "graphs are nested more than "
              + MAX_DEPTH / 3
              + " deep at byte "
              + in.getTotalBytesRead());
    }
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes, 64);
    var bulk = new Bulk();
    int tag;
    while ((tag = in.readTag()) != 0) {
      if (++fields > MAX_FIELDS) {
        throw new InvalidSpecException(
            "more than " + MAX_FIELDS + " fields; no network known needs as many");
      }
      int field = WireFormat.getTagFieldNumber(tag);
      boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (schema.isBulk(field)) {
        bulk.read(tag, delimited);
      } else if (schema.message(field) != schema && delimited) {
        int outer = in.pushLimit(in.readRawVarint32());
        byte[] nested = message(schema.message(field), depth + 1);
        if (in.getBytesUntilLimit() != 0) {
          throw new InvalidProtocolBufferException("a message ends early");
        }
        in.popLimit(outer);
        out.writeByteArray(field, nested);
      } else if (schema.keeps(field)) {
        keep(tag, delimited, out);
      } else {
        skip(tag);
      }
    }
    bulk.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  private void keep(int tag, boolean delimited, CodedOutputStream out) throws IOException {
    out.writeUInt32NoTag(tag);
    if (delimited) {
      int length = in.readRawVarint32();
      charge(length);
      out.writeUInt32NoTag(length);
      out.writeRawBytes(in.readRawBytes(length));
    } else {
      copyScalar(tag, out);
    }
  }

  private void copyScalar(int tag, CodedOutputStream out) throws IOException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> out.writeUInt64NoTag(in.readRawVarint64());
      case WireFormat.WIRETYPE_FIXED32 -> out.writeFixed32NoTag(in.readRawLittleEndian32());
      case WireFormat.WIRETYPE_FIXED64 -> out.writeFixed64NoTag(in.readRawLittleEndian64());
      default -> throw new InvalidProtocolBufferException("a group, which ONNX does not use");
    }
  }

  private void skip(int tag) throws IOException {
    int wireType = WireFormat.getTagWireType(tag);
    if (wireType == WireFormat.WIRETYPE_START_GROUP
        || wireType == WireFormat.WIRETYPE_END_GROUP
        || !in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group, which ONNX does not use");
    }
  }

  private void charge(int bytes) {
    if (bytes > MAX_KEPT_BYTES - keptBytes) {
      throw new InvalidSpecException(
          "the graph without its weights takes more than " + (MAX_KEPT_BYTES >> 20) + " MiB");
    }
    keptBytes += Math.max(0, bytes);
  }

  /** The elements of one tensor: all of them, or none where they are many. */
  private final class Bulk {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
    private int length;

    void read(int tag, boolean delimited) throws IOException {
      if (!delimited) {
        fields--; // one element of many is no field of the graph
        length = Math.min(BULK_BYTES + 1, length + 8);
        if (length > BULK_BYTES) {
          skip(tag);
        } else {
          charge(8);
          out.writeUInt32NoTag(tag);
          copyScalar(tag, out);
        }
        return;
      }
      int size = in.readRawVarint32();
      length = size < 0 || size > BULK_BYTES - length ? BULK_BYTES + 1 : length + size;
      if (length > BULK_BYTES) {
        in.skipRawBytes(size);
      } else {
        charge(size);
        out.writeUInt32NoTag(tag);
        out.writeUInt32NoTag(size);
        out.writeRawBytes(in.readRawBytes(size));
      }
    }

    void writeTo(CodedOutputStream target) throws IOException {
      out.flush();
      if (length <= BULK_BYTES) {
        target.writeRawBytes(bytes.toByteArray());
      }
    }
  }
}
