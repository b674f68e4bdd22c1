import { useStore } from 'zustand';
import { useWords } from '@/lib/language';
import { words } from '../words';
import { chooseModel, modelStore } from './modelStore';

/** For the settings: takes a head of the user's own, and gives it back. */
export default function ModelPicker() {
  const w = useWords(words);
  const { chosen, problem } = useStore(modelStore);
  const choose = (file: File | undefined): void => {
    if (file) void chooseModel({ name: file.name, file });
  };
  return (
    <div className="avatar-picker">
      <label className="field">
        <span>{w.ownHead}</span>
        <input type="file" className="input" accept=".glb,.vrm,model/gltf-binary" onChange={(event) => choose(event.target.files?.[0])} />
      </label>
      <p className="quiet">{chosen === null ? w.ownHeadHint : w.shown(chosen.name)}</p>
      {problem !== null && (
        <p role="alert">
          {w.broken} {problem}
        </p>
      )}
      {chosen !== null && (
        <button type="button" className="button small" onClick={() => void chooseModel(null)}>
          {w.builtIn}
        </button>
      )}
    </div>
  );
}
