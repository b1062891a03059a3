package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Latest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Merge;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Publishing;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Registries;
import io.jenkins.plugins.darwin.model.ReleaseConfig.SourceFormat;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What holds for a key that {@code darwin-release.yaml} leaves out: fits the layout of the Darwin repository. */
final class Defaults {
    /** Two months: a new key needs a commit in KEYS, and its users some weeks to see it. */
    static final int WARN_DAYS = 60;

    static final String TRUNK = "main";
    static final Person AUTHOR = new Person("Darwin Release", "release@example.org");
    static final List<SourceFormat> SOURCE = List.of(SourceFormat.TAR_GZ, SourceFormat.ZIP);
    static final List<String> CHARTS = List.of("helm/darwin");
    /** Sub-charts in the same repository move with the release; charts from elsewhere keep their own version. */
    static final String OWN_DEPENDENCIES = "dependencies[repository^=file://].version";

    static final String SETUP_PY = "\\bversion\\s*=\\s*[\"']([^\"']+)[\"']";

    static final Publishing PUBLISHING = new Publishing(Merge.PUSH, Latest.HIGHER_ONLY);

    private static final String STAGING = "127.0.0.1:5000/staging";
    private static final String HOST = "127.0.0.1:5000/";

    private Defaults() {}

    /** The repository's name as the name of files and of a registry's path. */
    static String project(String repositoryName) {
        String name = repositoryName
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return name.isEmpty() ? "release" : name;
    }

    /** None is required: a repository without these files is simply laid out in another way. */
    static List<VersionFile> versionFiles() {
        return List.of(
                new VersionFile(
                        "helm/darwin/**/Chart.yaml",
                        List.of(place("version", Place.VERSION), place(OWN_DEPENDENCIES, Place.VERSION)),
                        true),
                // Not of the charts below these: there it is the version of MySQL or Kafka.
                new VersionFile(
                        "helm/darwin/{Chart.yaml,charts/*/Chart.yaml}",
                        List.of(place("appVersion", Place.VERSION)),
                        true),
                new VersionFile(
                        "helm/darwin/charts/services/values.yaml",
                        List.of(
                                place("services.*.image.tag", Place.VERSION),
                                place("services.*.image.registry", "${registry.release}")),
                        true));
    }

    private static Place place(String path, String value) {
        return new Place(PlaceKind.YAML, path, value, true);
    }

    static Registries registry(String project) {
        return new Registries(STAGING, HOST + project, List.of());
    }

    /** Quorum and duration of the process document (P5) and of Apache's votes; the checklist of P5.2. */
    static VotePolicy vote() {
        return new VotePolicy(
                List.of(),
                List.of(),
                3,
                48,
                VotePolicy.minHours(48),
                Optional.empty(),
                List.of("installation", "core workflows", "artifacts", "upgrade"));
    }
}
