package org.einloom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.einloom.io.Shipped;
import org.einloom.io.input.Source;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.report.RunInputs;
import org.einloom.report.RunInputs.InputFile;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Takes down what a command reads, before the long work, so that its result can be made again. */
final class InputRecord {
  /** Longer texts are known by their hash alone. */
  private static final int LONGEST_TEXT = 1 << 20;

  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private final List<InputFile> files = new ArrayList<>();

  /** What the workload is. */
  InputRecord workload(String given) {
    if (Zoo.names().contains(given)) {
      try (InputStream in = Zoo.open(given)) {
        files.add(digest("workload", given, true, in, false));
      } catch (IOException e) {
        throw new IllegalStateException("cannot read the zoo's " + given, e);
      }
      return this;
    }
    return file("workload", given);
  }

  /** The architecture, and the files that it includes. */
  InputRecord architecture(String given) {
    boolean shipped = Shipped.isArchitecture(given);
    Source source = Shipped.resolveArchitectureSource(given);
    add("architecture", given, shipped, source.text());
    ArchitectureYaml.readFile(watched(source, shipped));
    return this;
  }

  /** A file that is no architecture. */
  InputRecord file(String use, String given) {
    Path path = OutputArguments.path(given);
    if (!Files.isRegularFile(path)) {
      // a pipe can be read once only
      files.add(new InputFile(use, given, false, 0, "", null));
      return this;
    }
    try (InputStream in = Files.newInputStream(path)) {
      files.add(digest(use, given, false, in, !Models.isOnnx(path)));
    } catch (IOException e) {
      throw new InvalidSpecException("cannot read " + given + ": " + e.getMessage(), e);
    }
    return this;
  }

  RunInputs of(CommandSpec command) {
    List<String> arguments = command.root().commandLine().getParseResult().originalArgs();
    String line = arguments.stream().map(InputRecord::quoted).collect(Collectors.joining(" "));
    return new RunInputs("einloom " + line, files);
  }

  private Source watched(Source source, boolean shipped) {
    return new Source(
        source.name(),
        source.id(),
        source.text(),
        (path, at) -> {
          Source included = source.includes().open(path, at);
          if (files.stream().noneMatch(f -> f.name().equals(included.name()))) {
            add("included", included.name(), shipped, included.text());
          }
          return watched(included, shipped);
        });
  }

  private void add(String use, String name, boolean shipped, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(sha256().digest(bytes));
    files.add(new InputFile(use, name, shipped, bytes.length, hash, shortened(text)));
  }

  private static InputFile digest(
      String use, String name, boolean shipped, InputStream in, boolean isText) throws IOException {
    var digest = sha256();
    var hashed = new DigestInputStream(in, digest);
    byte[] start = isText ? hashed.readNBytes(LONGEST_TEXT + 1) : new byte[0];
    byte[] buffer = new byte[1 << 16];
    long bytes = start.length;
    for (int n = hashed.read(buffer); n >= 0; n = hashed.read(buffer)) {
      bytes += n;
    }
    return new InputFile(
        use,
        name,
        shipped,
        bytes,
        HexFormat.of().formatHex(digest.digest()),
        isText ? shortened(new String(start, StandardCharsets.UTF_8)) : null);
  }

  private static @Nullable String shortened(String text) {
    return text.length() > LONGEST_TEXT ? null : text;
  }

  /** As a shell takes it. */
  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
