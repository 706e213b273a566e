package org.einloom.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as a Parquet file (https://parquet.apache.org/docs/file-format): one group of rows, one
 * page per column, values plain and not compressed. That is the least of the format, which every
 * reader knows.
 */
final class ParquetFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;
  private static final int UTF8 = 0;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UNCOMPRESSED = 0;
  private static final int DATA_PAGE = 0;
  private static final int VERSION = 1;

  private ParquetFile() {}

  /** Where a column lies. */
  private record Chunk(ParquetColumn column, long offset, long size) {}

  /**
   * All of it.
   *
   * @param columns of one length
   * @param writer what wrote the file, with its version
   */
  static byte[] bytes(List<ParquetColumn> columns, String writer) {
    int rows = columns.getFirst().size();
    var file = new ByteArrayOutputStream();
    file.writeBytes(MAGIC);
    List<Chunk> chunks = new ArrayList<>();
    for (ParquetColumn c : columns) {
      if (c.size() != rows) {
        throw new IllegalArgumentException(c.size() + " values for " + rows + " rows");
      }
      byte[] page = c.page();
      byte[] header = header(rows, page.length);
      chunks.add(new Chunk(c, file.size(), (long) header.length + page.length));
      file.writeBytes(header);
      file.writeBytes(page);
    }
    byte[] footer = footer(chunks, rows, writer);
    file.writeBytes(footer);
    file.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    file.writeBytes(MAGIC);
    return file.toByteArray();
  }

  private static byte[] header(int rows, int size) {
    return new ThriftCompact()
        .i32(1, DATA_PAGE)
        .i32(2, size)
        .i32(3, size)
        .open(5)
        .i32(1, rows)
        .i32(2, PLAIN)
        .i32(3, RLE)
        .i32(4, RLE)
        .close()
        .end();
  }

  private static byte[] footer(List<Chunk> chunks, int rows, String writer) {
    var thrift = new ThriftCompact().i32(1, VERSION).structures(2, 1 + chunks.size());
    thrift.element().text(4, "schema").i32(5, chunks.size()).close();
    for (Chunk c : chunks) {
      thrift.element().i32(1, c.column().type().number());
      thrift.i32(3, c.column().optional() ? OPTIONAL : REQUIRED).text(4, c.column().name());
      if (c.column().type() == ParquetColumn.Type.TEXT) {
        thrift.i32(6, UTF8).open(10).open(1).close().close();
      }
      thrift.close();
    }
    long size = chunks.stream().mapToLong(Chunk::size).sum();
    thrift.i64(3, rows).structures(4, 1).element().structures(1, chunks.size());
    for (Chunk c : chunks) {
      thrift
          .element()
          .i64(2, c.offset())
          .open(3)
          .i32(1, c.column().type().number())
          .i32s(2, PLAIN, RLE)
          .texts(3, c.column().name())
          .i32(4, UNCOMPRESSED)
          .i64(5, rows)
          .i64(6, c.size())
          .i64(7, c.size())
          .i64(9, c.offset())
          .close()
          .close();
    }
    return thrift.i64(2, size).i64(3, rows).close().text(6, writer).end();
  }
}
