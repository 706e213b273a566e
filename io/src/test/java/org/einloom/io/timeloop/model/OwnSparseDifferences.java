package org.einloom.io.timeloop.model;

import java.util.List;
import java.util.Map;

/** What Einloom's own rules count of Timeloop's sparse cases and Timeloop counts otherwise. */
final class OwnSparseDifferences {
  private OwnSparseDifferences() {}

  /** Why Timeloop counts something else; docs/timeloop-accounting.md says it at length. */
  enum Reason {
    /** Results of points that are left out are not updated. */
    RESULTS,
    /** What never arrives because of an optimisation outside is skipped, not absent. */
    INSIDE,
    /** What is gated takes its time, and is counted as gated. */
    GATING,
    /** A point whose result is gated or skipped is gated or skipped itself. */
    POINT_OF_RESULT,
    /** All tiles of a band are looked at. */
    BANDS,
    /** Where fibers of bits and runs begin follows from them: there are no payloads. */
    PAYLOADS,
    /** Entries of coordinates are those of all occupied elements, none rounded. */
    ENTRIES,
    /** A run that is too long for its bits is broken by an entry, and a zero that is stored. */
    RUNS,
    /**
     * Tensors that intersect read their own metadata to find out, also where nothing comes of it.
     */
    INTERSECTION,
    /** Metadata have a port of their own. */
    METADATA_PORT,
    /** Of several children that add up one word, one is filled with its starting value. */
    REDUCING_CHILDREN
  }

  /** Figures that differ for one reason, ours before Timeloop's. */
  record Because(Reason reason, List<String> figures) {}

  private static Because because(Reason reason, String... figures) {
    return new Because(reason, List.of(figures));
  }

  static final Map<String, List<Because>> KNOWN =
      Map.ofEntries(
          Map.entry(
              "sp_banded",
              List.of(
                  because(
                      Reason.BANDS,
                      "cycles 9472/7936",
                      "computes 9472/7936",
                      "GLB.B reads 9472/7936",
                      "GLB.B reads skipped 23296/24832",
                      "RF.B reads 9472/7936",
                      "RF.B fills 9472/7936"),
                  because(
                      Reason.INSIDE,
                      "computes skipped 23296/0",
                      "RF.B reads skipped 23296/0",
                      "RF.B fills skipped 23296/0"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 9248/31744",
                      "RF.Z reads skipped 22496/0",
                      "RF.Z updates 9472/32768",
                      "RF.Z updates skipped 23296/0"))),
          Map.entry(
              "sp_bitmask",
              List.of(
                  because(Reason.INSIDE, "computes skipped 24576/0"),
                  because(
                      Reason.PAYLOADS,
                      "DRAM.A reads metadata 1057.9/1330",
                      "GLB.A reads metadata 33789.2/41982",
                      "GLB.A fills metadata 1055.9/1312"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 7936/31744",
                      "RF.Z reads skipped 23808/0",
                      "RF.Z updates 8192/32768",
                      "RF.Z updates skipped 24576/0"))),
          Map.entry(
              "sp_both_intersect",
              List.of(
                  because(Reason.INSIDE, "computes skipped 28821.8/0"),
                  because(
                      Reason.PAYLOADS,
                      "DRAM.A reads metadata 1058.0/1330",
                      "DRAM.B reads metadata 2116.0/2660",
                      "GLB.A reads metadata 33792.0/41984",
                      "GLB.A fills metadata 1056.0/1312",
                      "GLB.B reads metadata 2112.0/2624",
                      "GLB.B fills metadata 2112.0/2624"),
                  because(
                      Reason.INTERSECTION,
                      "RF.A reads metadata 32768/9856.0",
                      "RF.B reads metadata 32768/13119.9"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 3822.9/31744",
                      "RF.Z reads skipped 27921.1/0",
                      "RF.Z updates 3946.3/32768",
                      "RF.Z updates skipped 28821.8/0"))),
          Map.entry(
              "sp_bw",
              List.of(
                  because(Reason.METADATA_PORT, "cycles 107550/111550"),
                  because(Reason.INSIDE, "computes skipped 29472/0"),
                  because(
                      Reason.ENTRIES,
                      "DRAM.A reads metadata 1120/1288",
                      "GLB.A reads metadata 35072/38376",
                      "GLB.A fills metadata 1096/1200"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 3193/31744",
                      "RF.Z reads skipped 28551/0",
                      "RF.Z updates 3296/32768",
                      "RF.Z updates skipped 29472/0"))),
          Map.entry(
              "sp_coo",
              List.of(
                  because(Reason.INSIDE, "computes skipped 29472/0"),
                  because(
                      Reason.ENTRIES,
                      "DRAM.A reads metadata 1351.7/1536",
                      "GLB.A reads metadata 42230.7/46040",
                      "GLB.A fills metadata 1319.7/1440"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 3193/31744",
                      "RF.Z reads skipped 28551/0",
                      "RF.Z updates 3296/32768",
                      "RF.Z updates skipped 29472/0"))),
          Map.entry(
              "sp_csr",
              List.of(
                  because(Reason.INSIDE, "computes skipped 29472/0"),
                  because(
                      Reason.ENTRIES,
                      "DRAM.A reads metadata 1120/1288",
                      "GLB.A reads metadata 35072/38376",
                      "GLB.A fills metadata 1096/1200"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 3193/31744",
                      "RF.Z reads skipped 28551/0",
                      "RF.Z updates 3296/32768",
                      "RF.Z updates skipped 29472/0"))),
          Map.entry("sp_decompress", List.of(because(Reason.RUNS, "DRAM.A reads 258.4/256"))),
          Map.entry(
              "sp_eyeriss_conv",
              List.of(
                  because(Reason.GATING, "cycles 5376/2421", "computes gated 124141.5/0"),
                  because(
                      Reason.REDUCING_CHILDREN,
                      "SPAD.Outputs reads 88944.2/97398",
                      "SPAD.Outputs reads gated 108623.8/118986",
                      "SPAD.Outputs fills 9408/28224"))),
          Map.entry(
              "sp_fc_both_4pe",
              List.of(
                  because(Reason.INSIDE, "computes skipped 15234.1/0"),
                  because(
                      Reason.PAYLOADS,
                      "DRAM.A reads metadata 1042.0/1186",
                      "DRAM.B reads metadata 1040.0/1168",
                      "GLB.A reads metadata 4160.0/4672",
                      "GLB.A fills metadata 1040.0/1168",
                      "GLB.B reads metadata 2080.0/2336",
                      "GLB.B fills metadata 1040.0/1168"),
                  because(
                      Reason.INTERSECTION,
                      "RF.A reads metadata 16384/3280.0",
                      "RF.B reads metadata 16384/5744.0"))),
          Map.entry(
              "sp_gate_compute",
              List.of(
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 4774/31744",
                      "RF.Z reads gated 26970/0",
                      "RF.Z updates 4928/32768",
                      "RF.Z updates gated 27840/0"))),
          Map.entry(
              "sp_gate_out",
              List.of(
                  because(
                      Reason.POINT_OF_RESULT, "computes 4928/32768", "computes gated 27840/0"))),
          Map.entry(
              "sp_gate_storage",
              List.of(
                  because(Reason.GATING, "cycles 32768/9856", "computes gated 22912/0"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 9548/31744",
                      "RF.Z reads gated 22196/0",
                      "RF.Z updates 9856/32768",
                      "RF.Z updates gated 22912/0"))),
          Map.entry(
              "sp_glb_skip",
              List.of(
                  because(
                      Reason.INSIDE,
                      "computes skipped 21429.1/0",
                      "RF.B reads skipped 21429.1/0",
                      "RF.B fills skipped 21429.1/0"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 10984.6/31744",
                      "RF.Z reads skipped 20759.4/0",
                      "RF.Z updates 11338.9/32768",
                      "RF.Z updates skipped 21429.1/0"))),
          Map.entry(
              "sp_rle",
              List.of(
                  because(Reason.INSIDE, "computes skipped 24576/0"),
                  because(
                      Reason.RUNS,
                      "DRAM.A reads 257.3/256",
                      "GLB.A reads 8232.1/8192",
                      "GLB.A reads metadata 41632.4/41480",
                      "GLB.A fills 257.3/256",
                      "RF.A reads 8232.1/8192.3",
                      "RF.A reads metadata 32928.4/32769.2",
                      "RF.A fills 8232.1/8192.3",
                      "RF.A fills metadata 32928.4/32769.2"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 7936/31744",
                      "RF.Z reads skipped 23808/0",
                      "RF.Z updates 8192/32768",
                      "RF.Z updates skipped 24576/0"))),
          Map.entry(
              "sp_skip_compute",
              List.of(
                  because(Reason.INSIDE, "computes skipped 27840/16384"),
                  because(
                      Reason.PAYLOADS,
                      "DRAM.A reads metadata 1058.0/1330",
                      "DRAM.B reads metadata 2116.0/2660",
                      "GLB.A reads metadata 33791.7/41984",
                      "GLB.A fills metadata 1056.0/1312",
                      "GLB.B reads metadata 2112.0/2624",
                      "GLB.B fills metadata 2112.0/2624"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 4774/31744",
                      "RF.Z reads skipped 26970/0",
                      "RF.Z updates 4928/32768",
                      "RF.Z updates skipped 27840/0"))),
          Map.entry(
              "sp_skip_out",
              List.of(
                  because(
                      Reason.POINT_OF_RESULT,
                      "cycles 4928/32768",
                      "computes gated 0/27840",
                      "computes skipped 27840/0"))),
          Map.entry(
              "sp_skip_storage",
              List.of(
                  because(Reason.INSIDE, "computes skipped 22912/0"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 9548/31744",
                      "RF.Z reads skipped 22196/0",
                      "RF.Z updates 9856/32768",
                      "RF.Z updates skipped 22912/0"))),
          Map.entry(
              "sp_spatial",
              List.of(
                  because(Reason.INSIDE, "computes skipped 22912/0"),
                  because(
                      Reason.PAYLOADS,
                      "DRAM.A reads metadata 1058.0/1330",
                      "GLB.A reads metadata 33791.7/41984",
                      "GLB.A fills metadata 1056.0/1312"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 9548/31744",
                      "RF.Z reads skipped 22196/0",
                      "RF.Z updates 9856/32768",
                      "RF.Z updates skipped 22912/0"))),
          Map.entry(
              "sp_structured",
              List.of(
                  because(Reason.INSIDE, "computes skipped 16384/0"),
                  because(
                      Reason.RESULTS,
                      "RF.Z reads 15872/31744",
                      "RF.Z reads skipped 15872/0",
                      "RF.Z updates 16384/32768",
                      "RF.Z updates skipped 16384/0"))),
          Map.entry(
              "sp_structured_2_4", List.of(because(Reason.INSIDE, "computes skipped 16384/0"))));
}
