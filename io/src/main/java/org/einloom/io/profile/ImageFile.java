package org.einloom.io.profile;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.einloom.io.input.Position;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.profile.NumericTensor;
import org.einloom.profile.NumericTensor.NumberType;

/**
 * Reads PNG and JPEG images as inputs of networks. The layout is that of the input: channels first
 * where its second rank is 1 or 3, last where its last rank is; one channel is the mean of the
 * three. Scaled to the input's size, where that is fixed, bilinearly and without regard to its
 * proportions.
 */
final class ImageFile {
  private ImageFile() {}

  static boolean is(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  static NumericTensor read(Path file, OnnxGraph.Input input, Normalisation normalisation) {
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new org.einloom.io.input.InputException(
          Position.of(file.toString()), "cannot be read: " + e.getMessage(), "", e);
    }
    if (image == null) {
      throw Position.of(file.toString()).error("is no image", "expected a PNG or JPEG file");
    }
    var d = input.dimensions();
    boolean first = d.size() == 4 && isChannels(d.get(1).orElse(0));
    boolean last = d.size() == 4 && !first && isChannels(d.get(3).orElse(0));
    NumberType type = input.type().orElse(NumberType.BOOL);
    if ((!first && !last) || (type != NumberType.FLOAT32 && type != NumberType.UINT8)) {
      throw Position.of(file.toString())
          .error(
              "input '" + input.name() + "' takes no images",
              "expected float32 or uint8 of shape [1, channels, rows, columns] or [1, rows,"
                  + " columns, channels] with 1 or 3 channels; give it as .npy");
    }
    if (type == NumberType.UINT8 && !normalisation.equals(Normalisation.NONE)) {
      throw Position.of(file.toString())
          .error(
              "input '" + input.name() + "' is uint8 and takes 0 to 255 as they are",
              "leave out --mean and --std");
    }
    int channels = (int) (first ? d.get(1) : d.get(3)).orElseThrow();
    int rows = (int) d.get(first ? 2 : 1).orElse(image.getHeight());
    int columns = (int) d.get(first ? 3 : 2).orElse(image.getWidth());
    float[] values = new float[channels * rows * columns];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        for (int c = 0; c < channels; c++) {
          double level = level(image, y, x, rows, columns, channels == 1 ? -1 : c);
          int at = first ? (c * rows + y) * columns + x : (y * columns + x) * channels + c;
          values[at] =
              (float)
                  (type == NumberType.UINT8
                      ? Math.rint(level)
                      : normalisation.apply(level / 255, c));
        }
      }
    }
    List<Long> shape =
        first
            ? List.of(1L, (long) channels, (long) rows, (long) columns)
            : List.of(1L, (long) rows, (long) columns, (long) channels);
    if (type == NumberType.FLOAT32) {
      return new NumericTensor(type, shape, new NumericTensor.Floats(values));
    }
    long[] whole = new long[values.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (long) values[i];
    }
    return new NumericTensor(type, shape, new NumericTensor.Longs(whole));
  }

  private static boolean isChannels(long extent) {
    return extent == 1 || extent == 3;
  }

  /** 0 to 255, between the four pixels around the centre of a pixel of the new size. */
  private static double level(
      BufferedImage image, int y, int x, int rows, int columns, int channel) {
    double sy = Math.max(0, (y + 0.5) * image.getHeight() / rows - 0.5);
    double sx = Math.max(0, (x + 0.5) * image.getWidth() / columns - 0.5);
    int y0 = Math.min((int) sy, image.getHeight() - 1);
    int x0 = Math.min((int) sx, image.getWidth() - 1);
    int y1 = Math.min(y0 + 1, image.getHeight() - 1);
    int x1 = Math.min(x0 + 1, image.getWidth() - 1);
    double fy = sy - y0;
    double fx = sx - x0;
    return (1 - fy) * ((1 - fx) * of(image, y0, x0, channel) + fx * of(image, y0, x1, channel))
        + fy * ((1 - fx) * of(image, y1, x0, channel) + fx * of(image, y1, x1, channel));
  }

  private static double of(BufferedImage image, int y, int x, int channel) {
    int rgb = image.getRGB(x, y);
    int red = rgb >> 16 & 0xFF;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    return switch (channel) {
      case 0 -> red;
      case 1 -> green;
      case 2 -> blue;
      default -> (red + green + blue) / 3.0;
    };
  }
}
