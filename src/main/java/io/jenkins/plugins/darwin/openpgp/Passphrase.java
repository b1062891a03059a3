package io.jenkins.plugins.darwin.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.operator.PBESecretKeyDecryptor;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/**
 * A passphrase as the bytes that it may have been when the key was locked. gpg takes what the terminal sends: UTF-8 today,
 * Latin-1 or a code page of Windows where the key is old, and letters with their marks apart where it comes from a Mac.
 */
final class Passphrase {
    private static final Set<Integer> S2KS = Set.of(S2K.SIMPLE, S2K.SALTED, S2K.SALTED_AND_ITERATED);
    private static final List<String> OLD = List.of("ISO-8859-1", "windows-1252", "IBM850");

    private Passphrase() {}

    /** Decryptors to be tried in turn; just one for plain ASCII. */
    static List<PBESecretKeyDecryptor> decryptors(char[] passphrase) {
        List<PBESecretKeyDecryptor> decryptors = new ArrayList<>();
        PBESecretKeyDecryptor plain =
                new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase.clone());
        decryptors.add(plain);
        forms(passphrase).stream().skip(1).forEach(form -> decryptors.add(new Old(plain, form)));
        return decryptors;
    }

    /** The passphrase's bytes, UTF-8 first. */
    static List<byte[]> forms(char[] passphrase) {
        List<byte[]> forms = new ArrayList<>();
        String text = new String(passphrase);
        add(forms, text, StandardCharsets.UTF_8);
        if (text.chars().anyMatch(c -> c > 0x7F)) {
            add(forms, Normalizer.normalize(text, Normalizer.Form.NFC), StandardCharsets.UTF_8);
            add(forms, Normalizer.normalize(text, Normalizer.Form.NFD), StandardCharsets.UTF_8);
            for (String name : OLD) {
                try {
                    add(forms, Normalizer.normalize(text, Normalizer.Form.NFC), Charset.forName(name));
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    // this Java lacks it
                }
            }
        }
        return forms;
    }

    private static void add(List<byte[]> forms, String text, Charset charset) {
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
            if (forms.stream().noneMatch(f -> Arrays.equals(f, bytes))) {
                forms.add(bytes);
            }
        } catch (CharacterCodingException e) {
            // it can't be written so
        }
    }

    /** Bouncy Castle's decryptor with a key that is made of other bytes than UTF-8, which it always takes itself. */
    private static final class Old extends PBESecretKeyDecryptor {
        private final PBESecretKeyDecryptor plain;
        private final byte[] form;

        Old(PBESecretKeyDecryptor plain, byte[] form) {
            super(new char[0], new BcPGPDigestCalculatorProvider());
            this.plain = plain;
            this.form = form;
        }

        @Override
        public byte[] makeKeyFromPassPhrase(int cipher, S2K s2k) throws PGPException {
            return derive(cipher, s2k, form);
        }

        @Override
        public byte[] recoverKeyData(int cipher, byte[] key, byte[] iv, byte[] data, int offset, int length)
                throws PGPException {
            return plain.recoverKeyData(cipher, key, iv, data, offset, length);
        }

        @Override
        public byte[] recoverKeyData(
                int cipher, int aead, byte[] key, byte[] iv, int tag, int version, byte[] data, byte[] open)
                throws PGPException {
            return plain.recoverKeyData(cipher, aead, key, iv, tag, version, data, open);
        }
    }

    /** RFC 9580, 3.7.1. */
    private static byte[] derive(int cipher, S2K s2k, byte[] form) throws PGPException {
        if (s2k == null || !S2KS.contains(s2k.getType())) {
            throw new PGPException("no old way to lock a key");
        }
        byte[] salt = s2k.getType() == S2K.SIMPLE ? new byte[0] : s2k.getIV();
        byte[] unit = Arrays.copyOf(salt, salt.length + form.length);
        System.arraycopy(form, 0, unit, salt.length, form.length);
        long count = s2k.getType() == S2K.SALTED_AND_ITERATED ? s2k.getIterationCount() : 0;
        int length = keyLength(cipher);
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        for (int preload = 0; key.size() < length; preload++) {
            PGPDigestCalculator hash = new BcPGPDigestCalculatorProvider().get(s2k.getHashAlgorithm());
            try (OutputStream out = hash.getOutputStream()) {
                out.write(new byte[preload]);
                for (long left = Math.max(count, unit.length); left > 0; left -= unit.length) {
                    out.write(unit, 0, (int) Math.min(left, unit.length));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e); // memory only
            }
            key.writeBytes(hash.getDigest());
        }
        return Arrays.copyOf(key.toByteArray(), length);
    }

    /** Bytes (RFC 9580, 9.3). */
    private static int keyLength(int cipher) throws PGPException {
        return switch (cipher) {
            case SymmetricKeyAlgorithmTags.IDEA,
                    SymmetricKeyAlgorithmTags.CAST5,
                    SymmetricKeyAlgorithmTags.BLOWFISH,
                    SymmetricKeyAlgorithmTags.AES_128,
                    SymmetricKeyAlgorithmTags.CAMELLIA_128 -> 16;
            case SymmetricKeyAlgorithmTags.TRIPLE_DES,
                    SymmetricKeyAlgorithmTags.AES_192,
                    SymmetricKeyAlgorithmTags.CAMELLIA_192 -> 24;
            case SymmetricKeyAlgorithmTags.AES_256,
                    SymmetricKeyAlgorithmTags.TWOFISH,
                    SymmetricKeyAlgorithmTags.CAMELLIA_256 -> 32;
            default -> throw new PGPException("unknown cipher " + cipher);
        };
    }
}
