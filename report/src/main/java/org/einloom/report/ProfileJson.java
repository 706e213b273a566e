package org.einloom.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.profile.BitStatistics;
import org.einloom.profile.Profile;
import org.einloom.profile.TensorProfile;
import org.jspecify.annotations.Nullable;

/** What was measured of a network as JSON, for later evaluations. */
public final class ProfileJson {
  /** The version of the format. */
  public static final int FORMAT = 1;

  /** What is beyond them differs between processors. */
  private static final MathContext DIGITS = new MathContext(7);

  private ProfileJson() {}

  /** The whole of it, UTF-8; the same for the same measurements. */
  public static byte[] write(Profile profile) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("profile", FORMAT);
    json.put("model", profile.model());
    json.put("inputs", profile.inputs());
    json.put("layers", profile.layers());
    List<Object> tensors = new ArrayList<>();
    profile.tensors().values().forEach(t -> tensors.add(tensor(t)));
    json.put("tensors", tensors);
    return Json.bytes(json);
  }

  private static Map<String, Object> tensor(TensorProfile t) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", t.name());
    json.put("type", t.type());
    json.put("constant", t.constant());
    json.put("samples", t.samples());
    json.put("shape", t.shape());
    json.put("elements", t.elements());
    json.put("density", rounded(t.density()));
    json.put("notFinite", t.notFinite());
    var histogram = new LinkedHashMap<String, Object>();
    histogram.put("from", rounded(t.histogram().from()));
    histogram.put("to", rounded(t.histogram().to()));
    histogram.put("counts", t.histogram().counts());
    json.put("histogram", histogram);
    List<Object> bits = new ArrayList<>();
    t.bits().forEach(b -> bits.add(bits(b)));
    json.put("bits", bits);
    return json;
  }

  private static Map<String, @Nullable Object> bits(BitStatistics b) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("format", b.format().name());
    json.put("scale", rounded(b.scale()));
    json.put("density", rounded(b.density()));
    json.put("toggle", b.toggle().isPresent() ? rounded(b.toggle().getAsDouble()) : null);
    json.put("ones", b.ones().stream().map(ProfileJson::rounded).toList());
    return json;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
