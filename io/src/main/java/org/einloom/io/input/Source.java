package org.einloom.io.input;

import java.nio.file.Path;

/**
 * A text to read.
 *
 * @param name how messages call it
 * @param id tells two names of one text from two texts: a real path, a resource's name
 * @param text all of it
 * @param includes opens what the text asks to include
 */
public record Source(String name, String id, String text, Includes includes) {
  /** More than any description of hardware or network needs; what is larger is a mistake. */
  public static final int LARGEST_BYTES = 16 << 20;

  /** Opens the files that a text includes, and no others. */
  @FunctionalInterface
  public interface Includes {
    /**
     * The text at a relative path.
     *
     * @param at where the include stands, for messages
     * @throws InputException when the path leads out of the including text's folder or to nothing
     */
    Source open(String path, Position at);
  }

  /** A text from nowhere, which includes nothing. */
  public static Source text(String name, String text) {
    return new Source(
        name,
        name,
        text,
        (path, at) -> {
          throw at.error(
              "a text that is no file includes " + Words.quote(path), "put it in a file first");
        });
  }

  /**
   * A resource on the class path, which includes resources of its own folder.
   *
   * @param folder ends in a slash
   * @param file the name in that folder, which is what messages call it
   * @throws IllegalStateException when this build lacks it
   */
  public static Source resource(String folder, String file) {
    return ResourceSource.open(folder, file);
  }

  /**
   * A file, which includes files at or below its own folder.
   *
   * @throws InputException when it is missing, no regular file, too large or not UTF-8 text
   */
  public static Source file(Path path) {
    return FileSource.open(path);
  }
}
