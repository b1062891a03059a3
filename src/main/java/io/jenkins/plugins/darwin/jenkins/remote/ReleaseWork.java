package io.jenkins.plugins.darwin.jenkins.remote;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.BuildCandidate;
import io.jenkins.plugins.darwin.release.CutRelease;
import io.jenkins.plugins.darwin.release.Hotfix;
import io.jenkins.plugins.darwin.release.Promote;
import io.jenkins.plugins.darwin.release.SignCandidate;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The use case behind each step, and what the step returns of its result. */
public enum ReleaseWork {
    CUT(false) {
        @Override
        UseCase<?> useCase(Workspace workspace, StepRequest request, DetachedSigner signer) {
            return new CutRelease(workspace, request.version(), Optional.ofNullable(request.from()));
        }

        @Override
        Map<String, Object> values(Object result) {
            return cut((CutRelease.Result) result);
        }
    },
    HOTFIX(false) {
        @Override
        UseCase<?> useCase(Workspace workspace, StepRequest request, DetachedSigner signer) {
            return new Hotfix(workspace, request.version(), request.hotfix());
        }

        @Override
        Map<String, Object> values(Object result) {
            return cut((CutRelease.Result) result);
        }
    },
    BUILD_RC(false) {
        @Override
        UseCase<?> useCase(Workspace workspace, StepRequest request, DetachedSigner signer) {
            return new BuildCandidate(workspace, request.version());
        }

        @Override
        Map<String, Object> values(Object result) {
            BuildCandidate.Result built = (BuildCandidate.Result) result;
            return map(
                    "version",
                    built.version(),
                    "rc",
                    built.rc(),
                    "tag",
                    built.tag(),
                    "commit",
                    built.commit(),
                    "images",
                    Answer.list(built.images().stream().map(ReleaseWork::image).toList()),
                    "files",
                    Answer.list(built.files().stream().map(ReleaseWork::file).toList()),
                    "directory",
                    built.directory(),
                    RECORD,
                    new String(Json.write(built.contents()), StandardCharsets.UTF_8));
        }
    },
    SIGN(true) {
        @Override
        UseCase<?> useCase(Workspace workspace, StepRequest request, DetachedSigner signer) {
            return new SignCandidate(workspace, request.version(), signer, id -> request.recorded());
        }

        @Override
        Map<String, Object> values(Object result) {
            SignCandidate.Result signed = (SignCandidate.Result) result;
            return map(
                    "version",
                    signed.version(),
                    "rc",
                    signed.rc(),
                    "digest",
                    signed.digest(),
                    "reference",
                    signed.reference(),
                    "fingerprint",
                    signed.fingerprint());
        }
    },
    PROMOTE(true) {
        @Override
        UseCase<?> useCase(Workspace workspace, StepRequest request, DetachedSigner signer) {
            return new Promote(
                    workspace,
                    request.version(),
                    signer,
                    new Promote.Options(
                            Optional.ofNullable(request.candidate()), request.publishers(), request.policy()));
        }

        @Override
        Map<String, Object> values(Object result) {
            Promote.Result promoted = (Promote.Result) result;
            return map(
                    "version",
                    promoted.version(),
                    "tag",
                    promoted.tag(),
                    "digest",
                    promoted.digest(),
                    "images",
                    Answer.list(promoted.images()),
                    "chart",
                    promoted.chart().orElse(""),
                    "urls",
                    Answer.list(promoted.urls()));
        }
    };

    /** Among the values: the whole candidate as JSON, for the controller's record of the build and for nobody else. */
    public static final String RECORD = "record";

    private final boolean signs;

    ReleaseWork(boolean signs) {
        this.signs = signs;
    }

    /** Whether it needs a signing key. */
    public boolean signs() {
        return signs;
    }

    /** @param signer null when {@link #signs} says that none is needed */
    abstract UseCase<?> useCase(Workspace workspace, StepRequest request, DetachedSigner signer);

    /** What a Jenkinsfile gets: texts, numbers, lists and maps. */
    abstract Map<String, Object> values(Object result);

    private static Map<String, Object> cut(CutRelease.Result cut) {
        return map("version", cut.version(), "branch", cut.branch(), "commit", cut.commit());
    }

    private static Map<String, Object> image(Candidate.Image image) {
        return map("name", image.name(), "digest", image.digest(), "size", image.size());
    }

    private static Map<String, Object> file(Candidate.Artifact file) {
        return map(
                "name",
                file.name(),
                "size",
                file.size(),
                "sha256",
                file.sha256().hex(),
                "sha512",
                file.sha512().hex());
    }

    /** Names and values in turn; numbers and lists stay, everything else becomes text. */
    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            map.put(
                    (String) namesAndValues[i],
                    value instanceof Number || value instanceof java.util.List ? value : value.toString());
        }
        return map;
    }
}
