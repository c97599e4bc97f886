/** Recordings as a commune gets them, made of synthesized speech: calm, peaky, with jumps of gain, noise, hum, clicks, clipped, from a phone. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const TEXT =
  'Xin chào bà con bản Huổi Khương. Hôm nay có mưa to, nước suối lên nhanh. Bà con không đi qua ngầm, đưa trâu bò lên chỗ cao. ' +
  'Ai thấy đất nứt trên đồi thì báo ngay cho trưởng bản. Trạm y tế tiêm chủng cho trẻ em vào sáng thứ ba. ';

export interface TakeFile {
  name: string;
  path: string;
  seconds: number;
}

/** From [0:a] (speech, 22,050 Hz) to [out]; noise has a fixed seed so that a run can be repeated. */
const RECIPES: Record<string, { seconds: number; graph: string; options?: string[]; extension?: string }> = {
  calm: { seconds: 60, graph: '[0:a]acopy[out]' },
  'gain jumps': { seconds: 60, graph: "[0:a]volume='if(lt(mod(t,14),7),1,0.12)':eval=frame[out]" },
  'faint with noise': {
    seconds: 60,
    graph: '[0:a]volume=-26dB[s];anoisesrc=r=22050:a=0.002:c=pink:seed=7[n];[s][n]amix=inputs=2:duration=first:normalize=0[out]',
  },
  'hum and wind': {
    seconds: 60,
    graph:
      '[0:a]volume=-14dB[s];sine=f=50:r=22050[h0];[h0]volume=-2dB[h];anoisesrc=r=22050:a=0.3:c=brown:seed=11,lowpass=f=120[w];' +
      '[s][h][w]amix=inputs=3:duration=first:normalize=0[out]',
  },
  clicks: {
    seconds: 60,
    graph:
      "[0:a]volume=-20dB[s];aevalsrc='0.98*lt(mod(t,1.7),0.0004)-0.98*between(mod(t,2.3),0.1,0.1003)':s=22050[k];" +
      '[s][k]amix=inputs=2:duration=first:normalize=0[out]',
  },
  clipped: { seconds: 60, graph: '[0:a]volume=20dB,alimiter=limit=1:level=disabled:attack=0.1:release=1[out]' },
  'from a phone, AAC': {
    seconds: 60,
    graph: '[0:a]highpass=f=250,lowpass=f=3400,volume=-9dB[out]',
    options: ['-ar', '16000', '-b:a', '32k'],
    extension: 'm4a',
  },
  'five minutes, peaky': { seconds: 300, graph: "[0:a]volume='0.25+0.75*lt(mod(t,5),0.6)':eval=frame[out]" },
};

/** Makes takes in a folder, each `longest` seconds at most. Needs ffmpeg and espeak-ng. */
export function makeTakes(folder: string, names = Object.keys(RECIPES), longest = Number.POSITIVE_INFINITY): TakeFile[] {
  const speech = join(folder, 'spoken-for-takes.wav');
  execFileSync('espeak-ng', ['-v', 'vi', '-a', '85', '--stdin', '-w', speech], { input: TEXT.repeat(26) });
  const takes = names.map((name) => {
    const { graph, options = [], extension = 'wav', ...recipe } = RECIPES[name]!;
    const seconds = Math.min(recipe.seconds, longest);
    const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.${extension}`);
    const args = ['-v', 'error', '-nostdin', '-y', '-i', speech, '-filter_complex', graph, '-map', '[out]', '-t', String(seconds)];
    execFileSync('ffmpeg', [...args, ...options, path]);
    return { name, path, seconds };
  });
  rmSync(speech);
  return takes;
}
