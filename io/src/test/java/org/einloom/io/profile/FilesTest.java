package org.einloom.io.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import onnx.Onnx.TensorProto;
import org.einloom.io.input.InputException;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.io.onnx.OnnxTensors;
import org.einloom.profile.NumericTensor;
import org.einloom.profile.NumericTensor.NumberType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays, tensors and images in files. */
class FilesTest {
  @TempDir Path folder;

  private static byte[] npy(String header, byte[] data) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
    return out.put(text).put(data).array();
  }

  private static byte[] npy(String descr, boolean columns, String shape, byte[] data) {
    return npy(
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(descr, columns ? "True" : "False", shape),
        data);
  }

  private NumericTensor read(byte[] file) throws IOException {
    return NumpyFile.read(Files.write(folder.resolve("a.npy"), file));
  }

  /** -2 (254 without a sign) in every type of whole numbers, one of each byte order. */
  @ParameterizedTest
  @CsvSource({
    "|i1, fe, INT8, -2",
    "|u1, fe, UINT8, 254",
    "<i2, feff, INT16, -2",
    ">i2, fffe, INT16, -2",
    "<u2, feff, UINT16, 65534",
    "<i4, feffffff, INT32, -2",
    ">u4, fffffffe, UINT32, 4294967294",
    "<i8, feffffffffffffff, INT64, -2",
    "|b1, 01, BOOL, 1",
    "<f2, 00c0, FLOAT16, -2",
    "<f4, 000000c0, FLOAT32, -2",
    ">f8, c000000000000000, FLOAT64, -2"
  })
  void typesOfNumpy(String descr, String bytes, NumberType type, double value) throws IOException {
    NumericTensor t = read(npy(descr, false, "1,", java.util.HexFormat.of().parseHex(bytes)));
    assertThat(t.type()).isEqualTo(type);
    assertThat(t.shape()).containsExactly(1L);
    assertThat(t.elements().at(0)).isEqualTo(value);
  }

  /** 1 2 3 over 4 5 6, column by column in the file. */
  @Test
  void columnsFirst() throws IOException {
    NumericTensor t = read(npy("|i1", true, "2, 3", new byte[] {1, 4, 2, 5, 3, 6}));
    assertThat(t.shape()).containsExactly(2L, 3L);
    for (int i = 0; i < 6; i++) {
      assertThat(t.elements().at(i)).isEqualTo(i + 1);
    }
    // 2 x 2 x 2: the first index is the fastest
    NumericTensor cube = read(npy("|i1", true, "2, 2, 2", new byte[] {0, 4, 2, 6, 1, 5, 3, 7}));
    for (int i = 0; i < 8; i++) {
      assertThat(cube.elements().at(i)).isEqualTo(i);
    }
  }

  @Test
  void aSingleNumberHasNoRanks() throws IOException {
    assertThat(read(npy("|i1", false, "", new byte[] {5})).shape()).isEmpty();
  }

  @Test
  void archives() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(npy("|i1", false, "2,", new byte[] {1, 2}));
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(npy("|i1", false, "1,", new byte[] {3}));
    }
    Path file = Files.write(folder.resolve("a.npz"), bytes.toByteArray());
    var arrays = NumpyFile.archive(file);
    assertThat(arrays.sequencedKeySet()).containsExactly("x", "y");
    assertThat(arrays.get("y").elements().at(0)).isEqualTo(3);
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> NumpyFile.archive(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is no .npz archive");
  }

  @Test
  void damagedArrays() {
    byte[] good = npy("<f4", false, "2,", new byte[8]);
    for (int length = 0; length < good.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(good, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(InputException.class);
    }
    assertThatThrownBy(() -> read(java.util.Arrays.copyOf(good, good.length + 1)))
        .hasMessageContaining(
            "has more than the 8 bytes of an array of shape [2] and type float32");
    assertThatThrownBy(() -> read(npy("|O", false, "2,", new byte[8])))
        .hasMessageContaining("expected an array of plain numbers");
    assertThatThrownBy(() -> read(npy("<c8", false, "1,", new byte[8])))
        .hasMessageContaining("elements of type 'c8'");
    assertThatThrownBy(() -> read(npy("<f4", false, "99999999999, 99999999999", new byte[8])))
        .hasMessageContaining("more than 2 GiB");
    assertThatThrownBy(() -> read(npy("<f4", false, "99999999999999999999,", new byte[8])))
        .isInstanceOf(InputException.class);
  }

  @Test
  void tensorsOfOnnx() throws IOException {
    Path file = folder.resolve("t.pb");
    Files.write(
        file,
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.INT32_VALUE)
            .addDims(2)
            .addInt32Data(7)
            .addInt32Data(-1)
            .build()
            .toByteArray());
    NumericTensor t = OnnxTensors.file(file);
    assertThat(t.type()).isEqualTo(NumberType.INT32);
    assertThat(t.elements().at(1)).isEqualTo(-1);
    Files.write(file, new byte[] {(byte) 0xFF, 1});
    assertThatThrownBy(() -> OnnxTensors.file(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is no ONNX tensor");
  }

  private static OnnxGraph.Input input(NumberType type, long... shape) {
    return new OnnxGraph.Input(
        "x",
        java.util.Optional.of(type),
        java.util.Arrays.stream(shape).mapToObj(OptionalLong::of).toList(),
        java.util.Arrays.stream(shape).mapToObj(s -> "").toList());
  }

  /** Red, green over blue, white. */
  private Path image() throws IOException {
    var image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(0, 1, 0x0000FF);
    image.setRGB(1, 1, 0xFFFFFF);
    Path file = folder.resolve("i.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void imagesInBothLayouts() throws IOException {
    NumericTensor first =
        ImageFile.read(image(), input(NumberType.FLOAT32, 1, 3, 2, 2), Normalisation.NONE);
    assertThat(((NumericTensor.Floats) first.elements()).values())
        .containsExactly(1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1);
    NumericTensor last =
        ImageFile.read(image(), input(NumberType.UINT8, 1, 2, 2, 3), Normalisation.NONE);
    assertThat(((NumericTensor.Longs) last.elements()).values())
        .containsExactly(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
    NumericTensor grey =
        ImageFile.read(image(), input(NumberType.UINT8, 1, 1, 2, 2), Normalisation.NONE);
    assertThat(((NumericTensor.Longs) grey.elements()).values()).containsExactly(85, 85, 85, 255);
  }

  @Test
  void imagesAreNormalisedAndScaled() throws IOException {
    var n = new Normalisation(List.of(0.5, 0.0, 0.0), List.of(0.5, 1.0, 2.0));
    NumericTensor t = ImageFile.read(image(), input(NumberType.FLOAT32, 1, 3, 2, 2), n);
    float[] values = ((NumericTensor.Floats) t.elements()).values();
    assertThat(values).containsExactly(1, -1, -1, 1, 0, 1, 0, 1, 0, 0, 0.5f, 0.5f);
    // one pixel in the middle of four: their mean
    NumericTensor one =
        ImageFile.read(image(), input(NumberType.FLOAT32, 1, 3, 1, 1), Normalisation.NONE);
    assertThat(one.elements().at(0)).isCloseTo(0.5, within(1e-6));
    assertThat(one.elements().at(2)).isCloseTo(0.5, within(1e-6));
    assertThatThrownBy(() -> ImageFile.read(image(), input(NumberType.FLOAT32, 1, 7), n))
        .hasMessageContaining("input 'x' takes no images");
    assertThatThrownBy(() -> ImageFile.read(image(), input(NumberType.UINT8, 1, 3, 2, 2), n))
        .hasMessageContaining("leave out --mean and --std");
  }
}
