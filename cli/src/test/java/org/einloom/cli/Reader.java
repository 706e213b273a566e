package org.einloom.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Does what a page says, in a folder that looks to its commands like the clone's top. The command
 * itself runs inside this JVM, everything else in a shell.
 */
final class Reader {
  private static final String COMMAND = "./einloom ";

  /** Arguments that are files; names of layers have no such ending. */
  private static final Pattern FILE = Pattern.compile(".+\\.(?:yaml|jsonl?|csv|txt|onnx)(?:=.*)?");

  private final Path folder;
  private int exitCode;

  Reader(Path folder) {
    this.folder = folder;
    Path source = Path.of("../examples");
    try (Stream<Path> examples = Files.walk(source)) {
      for (Path example : examples.toList()) {
        Files.copy(example, folder.resolve("examples").resolve(source.relativize(example)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Saves a file that the page shows. */
  void save(Page.NamedFile file) {
    write(file.name(), file.content());
  }

  /** What a terminal shows after the command, progress cleared. */
  List<String> run(String command) {
    String printed =
        command.equals("echo $?")
            ? Integer.toString(exitCode)
            : command.startsWith(COMMAND)
                ? einloom(command.substring(COMMAND.length()))
                : shell(command);
    return printed.lines().map(String::stripTrailing).toList();
  }

  private String einloom(String command) {
    String[] parts = command.split(" > ");
    String[] args = parts[0].strip().split(" +");
    for (int i = 0; i < args.length; i++) {
      boolean isFolder = i > 0 && args[i - 1].equals("-o");
      if (isFolder || FILE.matcher(args[i]).matches()) {
        args[i] = folder.resolve(args[i]).toString();
      }
    }
    Cli.Result result = Cli.run(args);
    exitCode = result.exitCode();
    String out = here(result.out());
    if (parts.length == 2) {
      write(parts[1].strip(), out);
      out = "";
    }
    return exitCode == 0 ? out : out + here(withoutProgress(result.err()));
  }

  private static String withoutProgress(String err) {
    return err.replaceAll("(?m)^einloom: mapping .*\\R", "");
  }

  private String here(String text) {
    return text.replace(folder + "/", "");
  }

  private String shell(String command) {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      exitCode = process.waitFor();
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void write(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
