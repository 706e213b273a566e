package org.einloom.io.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;

/** What a journal needs of a file that it alone writes to. */
interface Disk extends Closeable {
  /** Writes all of it at the end; what of it is there after a failure is not known. */
  void append(byte[] bytes) throws IOException;

  /** Returns when all that was written would survive a loss of power. */
  void force() throws IOException;

  /** So many bytes from there, which were written before. */
  byte[] read(long offset, int length) throws IOException;

  /** Takes away what is beyond so many bytes. */
  void truncate(long size) throws IOException;

  /** A file's. Not by its channel: an interrupted thread would close that. */
  static Disk of(RandomAccessFile file) {
    return new Disk() {
      @Override
      public void append(byte[] bytes) throws IOException {
        file.write(bytes);
      }

      @Override
      public void force() throws IOException {
        file.getFD().sync();
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        long end = file.getFilePointer();
        file.seek(offset);
        file.readFully(bytes);
        file.seek(end);
        return bytes;
      }

      @Override
      public void truncate(long size) throws IOException {
        file.setLength(Math.min(size, file.length()));
        file.seek(file.length());
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
