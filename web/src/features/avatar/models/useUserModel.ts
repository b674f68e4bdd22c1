import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { FaceModel } from '../stage/FaceModel';
import { loadUserModel } from './loadUserModel';
import { modelStore, reportModel, restoreModel } from './modelStore';

/** The head that the user chose, once it is loaded; null before, without one, and where it is broken, which `modelStore` then says. */
export function useUserModel(): FaceModel | null {
  const file = useStore(modelStore, (state) => state.chosen?.file);
  const [loaded, setLoaded] = useState<{ readonly file: Blob; readonly model: FaceModel } | null>(null);

  useEffect(() => void restoreModel(), []);

  useEffect(() => {
    if (file === undefined) return;
    let model: FaceModel | undefined;
    let left = false;
    const load = async (): Promise<void> => {
      try {
        model = await loadUserModel(file);
        if (left) model.dispose();
        else setLoaded({ file, model });
      } catch (error) {
        if (!left) reportModel(error instanceof Error ? error.message : String(error));
      }
    };
    void load();
    return () => {
      left = true;
      model?.dispose();
    };
  }, [file]);

  return loaded !== null && loaded.file === file ? loaded.model : null;
}
