package org.einloom.io.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/** Reads the Einsum of a layer of a result. */
final class EinsumObject {
  private static final int WIDEST_WORD = 1024;

  private EinsumObject() {}

  static Einsum read(String name, ResultObject json) {
    ResultObject extents = json.object("extents");
    List<RankVariable> variables =
        extents.keys().stream()
            .map(v -> json.at().locate(() -> new RankVariable(v, extents.count(v))))
            .toList();
    List<TensorAccess> operands =
        json.objects("operands").stream().map(EinsumObject::tensor).toList();
    TensorAccess output = tensor(json.object("output"));
    String operation = json.text("operation");
    return json.at().locate(() -> new Einsum(name, variables, operands, output, operation));
  }

  private static TensorAccess tensor(ResultObject json) {
    List<TensorAccess.Rank> ranks = json.objects("ranks").stream().map(EinsumObject::rank).toList();
    OptionalInt bits =
        json.isNull("bits")
            ? OptionalInt.empty()
            : OptionalInt.of((int) Math.min(json.count("bits"), WIDEST_WORD + 1));
    return json.at()
        .locate(
            () ->
                new TensorAccess(
                    json.text("name"),
                    json.text("tensor"),
                    json.constant("role", Role.class),
                    ranks,
                    bits));
  }

  private static TensorAccess.Rank rank(ResultObject json) {
    ResultObject of = json.object("terms");
    List<Affine.Term> terms = new ArrayList<>();
    for (String variable : of.keys()) {
      terms.add(of.at().locate(() -> new Affine.Term(of.whole(variable), variable)));
    }
    return json.at()
        .locate(
            () ->
                new TensorAccess.Rank(new Affine(terms, json.whole("offset")), json.count("size")));
  }
}
