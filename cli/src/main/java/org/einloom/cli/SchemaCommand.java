package org.einloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.einloom.component.Catalog;
import org.einloom.io.Shipped;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.FileSchemas;
import org.einloom.report.SchemaJson;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom schema}: JSON Schemas of the files that Einloom reads and writes. */
@Command(
    name = "schema",
    description = "Show the JSON Schema of a file format, for editors and validators.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Runnable {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Its name; without one, the names are listed.")
  private @Nullable String name;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      out.println("read:    " + String.join(", ", FileSchemas.names()));
      out.println("written: " + String.join(", ", Shipped.WRITTEN_SCHEMAS));
      return;
    }
    out.print(text(name));
  }

  /** With the attributes of all component libraries that are installed. */
  static String text(String name) {
    if (FileSchemas.names().contains(name)) {
      return SchemaJson.text(FileSchemas.of(name, Catalog.installed()));
    }
    if (Shipped.WRITTEN_SCHEMAS.contains(name)) {
      return Shipped.schemaText(name);
    }
    List<String> names = new ArrayList<>(FileSchemas.names());
    names.addAll(Shipped.WRITTEN_SCHEMAS);
    throw new InvalidSpecException(
        "no schema is called %s; expected one of %s%s"
            .formatted(Words.quote(name), String.join(", ", names), Names.guess(name, names)));
  }
}
