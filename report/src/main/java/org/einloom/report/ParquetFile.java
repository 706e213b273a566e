package org.einloom.report;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as a Parquet file (https://parquet.apache.org/docs/file-format): groups of rows, one page
 * per column in each, values plain and not compressed. That is the least of the format, which every
 * reader knows. Rows are held in the columns until their group is written.
 */
final class ParquetFile implements Closeable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;
  private static final int UTF8 = 0;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UNCOMPRESSED = 0;
  private static final int DATA_PAGE = 0;
  private static final int VERSION = 1;

  /** Where the values of a column lie. */
  private record Chunk(ParquetColumn column, long offset, long size) {}

  private record Group(List<Chunk> chunks, int rows) {}

  private final OutputStream out;
  private final List<ParquetColumn> columns;
  private final String writer;
  private final List<Group> groups = new ArrayList<>();
  private long size;

  /**
   * Begins a file.
   *
   * @param columns without values
   * @param writer what writes the file, with its version
   */
  ParquetFile(OutputStream out, List<ParquetColumn> columns, String writer) throws IOException {
    this.out = out;
    this.columns = List.copyOf(columns);
    this.writer = writer;
    put(MAGIC);
  }

  /**
   * All of a file of one group.
   *
   * @param columns of one length
   * @param writer what wrote the file, with its version
   */
  static byte[] bytes(List<ParquetColumn> columns, String writer) {
    var bytes = new ByteArrayOutputStream();
    try (var file = new ParquetFile(bytes, columns, writer)) {
      file.group();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes the rows that the columns hold, which are empty afterwards. */
  void group() throws IOException {
    int rows = columns.getFirst().size();
    List<Chunk> chunks = new ArrayList<>();
    for (ParquetColumn c : columns) {
      if (c.size() != rows) {
        throw new IllegalArgumentException(c.size() + " values for " + rows + " rows");
      }
      byte[] page = c.page();
      byte[] header = header(rows, page.length);
      chunks.add(new Chunk(c, size, (long) header.length + page.length));
      put(header);
      put(page);
      c.clear();
    }
    groups.add(new Group(chunks, rows));
  }

  /** Writes what tells readers where everything is. */
  @Override
  public void close() throws IOException {
    byte[] footer = footer();
    put(footer);
    put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    put(MAGIC);
    out.close();
  }

  private void put(byte[] bytes) throws IOException {
    out.write(bytes);
    size += bytes.length;
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

  private byte[] footer() {
    var thrift = new ThriftCompact().i32(1, VERSION).structures(2, 1 + columns.size());
    thrift.element().text(4, "schema").i32(5, columns.size()).close();
    for (ParquetColumn c : columns) {
      thrift.element().i32(1, c.type().number());
      thrift.i32(3, c.optional() ? OPTIONAL : REQUIRED).text(4, c.name());
      if (c.type() == ParquetColumn.Type.TEXT) {
        thrift.i32(6, UTF8).open(10).open(1).close().close();
      }
      thrift.close();
    }
    thrift.i64(3, groups.stream().mapToLong(Group::rows).sum()).structures(4, groups.size());
    for (Group g : groups) {
      thrift.element().structures(1, g.chunks().size());
      g.chunks().forEach(c -> chunk(thrift, c, g.rows()));
      thrift.i64(2, g.chunks().stream().mapToLong(Chunk::size).sum()).i64(3, g.rows()).close();
    }
    return thrift.text(6, writer).end();
  }

  private static void chunk(ThriftCompact thrift, Chunk c, int rows) {
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
}
