package org.einloom.io.density;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.BitSet;
import org.einloom.density.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.profile.NumpyFile;
import org.einloom.profile.NumericTensor;

/** Reads which words of a tensor in a file are occupied. */
public final class TensorFiles {
  private TensorFiles() {}

  /**
   * The tensor in a file beside the text that names it.
   *
   * @param from the text
   * @param name a relative path at or below its folder, ending in {@code .mtx} or {@code .npy}
   * @param at where it is named, for messages
   * @throws org.einloom.io.input.InputException when there is none
   */
  public static Pattern read(Source from, String name, Position at) {
    if (name.endsWith(".mtx")) {
      return MatrixMarket.read(from.includes().open(name, at));
    }
    if (name.endsWith(".npy")) {
      return numpy(beside(from, name, at));
    }
    throw at.error(
        "tensor file " + Words.quote(name) + " is of no kind that is read",
        "expected a Matrix Market file (.mtx) or an array that NumPy saved (.npy)");
  }

  private static Pattern numpy(Path file) {
    NumericTensor tensor = NumpyFile.read(file);
    var occupied = new BitSet();
    for (int i = 0; i < tensor.elements().size(); i++) {
      occupied.set(i, tensor.elements().at(i) != 0);
    }
    return new Pattern(tensor.shape(), occupied);
  }

  private static Path beside(Source from, String name, Position at) {
    String rule = "expected a relative path at or below the folder of the file that names it";
    try {
      Path folder = Path.of(from.id()).toAbsolutePath().getParent();
      Path relative = Path.of(name);
      boolean up = false;
      for (Path part : relative) {
        up |= part.toString().equals("..");
      }
      if (folder == null || relative.isAbsolute() || up) {
        throw at.error(Words.quote(name) + " leads out of the folder", rule);
      }
      Path file = folder.resolve(relative);
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw at.error(Words.quote(name) + " leads out of the folder by a symbolic link", rule);
      }
      return file;
    } catch (InvalidPathException e) {
      throw at.error(Words.quote(name) + " is no path", rule);
    } catch (IOException e) {
      throw at.error(Words.quote(name) + " does not exist or cannot be read", rule);
    }
  }
}
