package org.einloom.io.journal;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.einloom.explore.Budget;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.explore.StudyBrief;
import org.einloom.workload.InvalidSpecException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The first line of a journal as JSON. */
final class HeaderJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String KIND = "results of an einloom study";
  private static final int FORMAT = 1;

  private final JsonGenerator json;

  private HeaderJson(JsonGenerator json) {
    this.json = json;
  }

  static String write(JournalHeader header) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new HeaderJson(json).header(header);
    }
    return text.toString();
  }

  private void header(JournalHeader header) {
    json.writeStartObject();
    json.writeStringProperty("kind", KIND);
    json.writeNumberProperty("format", FORMAT);
    json.writeStringProperty("einloom", header.version());
    json.writeObjectPropertyStart("parts");
    header.parts().forEach(json::writeStringProperty);
    json.writeEndObject();
    StudyBrief s = header.study();
    json.writeStringProperty("name", s.name());
    json.writeStringProperty("architecture", s.architecture());
    json.writeStringProperty("mapping", s.mapping());
    json.writeStringProperty("method", s.method());
    objects("workloads", s.workloads(), w -> json.writeStringProperty("name", w));
    objects("objectives", s.objectives(), this::goal);
    objects("limits", s.limits(), this::limit);
    objects(
        "budgets",
        s.budgets(),
        b -> {
          json.writeStringProperty("name", b.name());
          objects("limits", b.limits(), this::limit);
          goal(b.best());
        });
    json.writeEndObject();
  }

  private <T> void objects(String name, List<T> all, Consumer<T> write) {
    json.writeArrayPropertyStart(name);
    for (T one : all) {
      json.writeStartObject();
      write.accept(one);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void goal(Goal goal) {
    json.writeStringProperty("goal", goal.maximise() ? "most" : "least");
    measure(goal.measure());
  }

  private void measure(Measure measure) {
    json.writeStringProperty("measure", measure.name());
    measure.workload().ifPresent(w -> json.writeStringProperty("workload", w));
  }

  private void limit(Limit limit) {
    measure(limit.measure());
    json.writeNumberProperty("least", limit.least());
    json.writeNumberProperty("most", limit.most());
    json.writeStringProperty("origin", limit.origin());
  }

  /** What a line says; empty if it is no header of this version. */
  static Optional<JournalHeader> read(String line) {
    try {
      JsonMembers json = JsonMembers.of(line);
      if (!json.has("kind") || !json.text("kind").equals(KIND) || json.count("format") != FORMAT) {
        return Optional.empty();
      }
      var parts = new LinkedHashMap<String, String>();
      json.object("parts").members().forEach((name, value) -> parts.put(name, value.toString()));
      return Optional.of(new JournalHeader(study(json), json.text("einloom"), parts));
    } catch (InvalidSpecException e) {
      return Optional.empty();
    }
  }

  private static StudyBrief study(JsonMembers json) {
    return new StudyBrief(
        json.text("name"),
        json.text("architecture"),
        json.objects("workloads", w -> w.text("name")),
        json.objects("limits", HeaderJson::readLimit),
        json.objects(
            "budgets",
            b ->
                new Budget(
                    b.text("name"), b.objects("limits", HeaderJson::readLimit), readGoal(b))),
        json.objects("objectives", HeaderJson::readGoal),
        json.text("mapping"),
        json.text("method"));
  }

  private static Goal readGoal(JsonMembers json) {
    return new Goal(readMeasure(json), json.text("goal").equals("most"));
  }

  private static Measure readMeasure(JsonMembers json) {
    return new Measure(
        json.text("measure"),
        json.has("workload") ? Optional.of(json.text("workload")) : Optional.empty());
  }

  private static Limit readLimit(JsonMembers json) {
    return new Limit(
        readMeasure(json), json.number("least"), json.number("most"), json.text("origin"));
  }
}
